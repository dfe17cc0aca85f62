"""What the browser needs to fold, search and match as Python does, as data files beside the scripts."""
