"""What the page 取組の進捗状況 reads of an edition, chooses and says."""
