@echo off
rem Starts the course on Windows. This file is ASCII on purpose: what people read stands in the text files beside lab\start.
chcp 65001 >nul
pushd "%~dp0"
set PYTHONUTF8=1
set "TEXT=buuchinh\lab\start"
set "PY="
for %%P in ("py -3.13" "py -3.12" "py -3.11" "python" "python3") do if not defined PY (
  %%~P -c "import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))" >nul 2>nul && set "PY=%%~P"
)
if not defined PY (
  type "%TEXT%\khong-co-python.txt"
  pause
  exit /b 1
)
if not exist ".venv\xong.txt" (
  type "%TEXT%\dang-cai.txt"
  if not exist ".venv\Scripts\python.exe" %PY% -m venv .venv
  if exist wheels\ (
    .venv\Scripts\python -m pip install -q --disable-pip-version-check --no-index --find-links wheels -r requirements.lock && echo ok> ".venv\xong.txt"
  ) else (
    .venv\Scripts\python -m pip install -q --disable-pip-version-check -r requirements.lock && echo ok> ".venv\xong.txt"
  )
)
if not exist ".venv\xong.txt" (
  type "%TEXT%\khong-cai-duoc.txt"
  pause
  exit /b 1
)
.venv\Scripts\python -m buuchinh lab %*
if errorlevel 1 pause
popd
