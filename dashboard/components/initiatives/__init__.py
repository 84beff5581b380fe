"""The parts of the page 取組の進捗状況."""
