"""Back up and restore personal data, and erase one person's data on request (Law 91/2025/QH15).

All three operations cover the gradebook, ``course.PERSONAL_FOLDERS`` and the class lists in the course folder.
"""

from buuchinh.personal_data.archive import Backup, backup
from buuchinh.personal_data.erasing import Erased, forget, holds
from buuchinh.personal_data.restore_preview import Preview, preview
from buuchinh.personal_data.restoring import Restored, restore

__all__ = ["Backup", "Erased", "Preview", "Restored", "backup", "forget", "holds", "preview", "restore"]
