"""The sections of 施設Wi-Fi; each draws one part of the page."""
