"""The verbs of joint action: beginning and pushing, the tasks of departments, the lifting."""
