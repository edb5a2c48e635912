"""Our own code in the trial layer."""

VERSION = "1"
