"""Publication of exercises: sources with keys, stored versions, corrections of released keys, bundles for trainees."""
