"""The national system for joint rewards and punishments (国家联合奖惩系统): its events about the city, verified and answered."""
