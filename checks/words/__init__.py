"""The words that people are shown, read: notices and creatives."""
