# asks for the course, the gradebook and other trainees by the names that they have outside
# ends: done
# prints: []
import os

from pathlib import Path

root = Path("{course}")
names = ("", "source", "source/bt90/questions.yml", "gradebook.db", "submitted", "so-cham", "course.toml", "nop-bai")
print([name for name in names if os.path.lexists(root / name)])
