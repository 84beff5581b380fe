"""施設Wi-Fi: what the page reads, what is chosen on it, and its sentences; no figure is made here."""
