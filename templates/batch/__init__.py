"""Many papers from one master: prepared once, proved once, then filled as bytes. docxtpl says what a master means."""
