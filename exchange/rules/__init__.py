"""What a message is, when it may go, and how both sides know that it arrived. Pure."""
