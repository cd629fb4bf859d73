"""随机抽查事项清单: what may be inspected, in editions; a draw names the edition."""
