"""The example district's three years, told through the same doors that a real office uses."""
