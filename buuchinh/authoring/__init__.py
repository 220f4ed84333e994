"""The author's tools: faults (check), outdated law (audit), templates (new), derived files (derive)."""
