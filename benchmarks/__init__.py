"""How fast vreltui is, as ratios against named programs measured in the same run."""
