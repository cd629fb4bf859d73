"""How long the faults go on (FAULTS=long: at length) and where chance begins (FAULTS_SEED)."""

from __future__ import annotations

import os
import random

LONG = os.environ.get("FAULTS") == "long"
SEED = int(os.environ.get("FAULTS_SEED") or random.SystemRandom().randrange(10**6))
