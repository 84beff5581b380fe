"""The parts of the page 施設Wi-Fi, one section each."""
