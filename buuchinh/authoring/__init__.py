"""The author's tools: what is wrong (check), what has lapsed (audit), where to start (new), what is made (derive)."""
