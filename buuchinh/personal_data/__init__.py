"""What is kept about people: backup and the way back, and erasure of one of them on request (Law 91/2025/QH15).

All go through the gradebook, ``course.PERSONAL_FOLDERS`` and the class lists that lie in the course's folder.
"""

from buuchinh.personal_data.archive import Backup, backup
from buuchinh.personal_data.erasing import Erased, forget, holds
from buuchinh.personal_data.restoring import Restored, restore

__all__ = ["Backup", "Erased", "Restored", "backup", "forget", "holds", "restore"]
