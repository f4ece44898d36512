"""What a district starts from: settings of the environment, policy packs, calendars."""
