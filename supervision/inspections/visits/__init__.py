"""The visit: notice, recusal, results, follow-up, publication."""
