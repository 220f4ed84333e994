@echo off
rem Opens the instructor's page on Windows. ASCII on purpose: what people read stands in the text files of buuchinh\lab\start
rem and in buuchinh\messages, but for one line that is needed where those files are missing.
chcp 65001 >nul
pushd "%~dp0"
set PYTHONUTF8=1
set PYTHONNOUSERSITE=1
set "PYTHONHOME="
set "PYTHONPATH="
set "TEXT=buuchinh\lab\start"
set "PY="
set "RUN=.venv\Scripts\python.exe"
if not exist "%TEXT%\khong-co-python.txt" goto not_unzipped
if not exist "python\python.exe" goto find
set "PY=python\python.exe"
set "RUN=python\python.exe"
python\python.exe -c "" >nul 2>nul || goto not_run
goto prepare

:find
for %%P in (".venv\Scripts\python.exe" "py -3.13" "py -3.12" "py -3.11" "python" "python3") do if not defined PY (
  %%~P -c "import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))" >nul 2>nul && set "PY=%%~P"
)
if not defined PY goto no_python

:prepare
%PY% -B -m buuchinh.lab.prepare requirements-instructor.lock
if errorlevel 1 goto stop
%RUN% -m buuchinh lab --instructor %*
if errorlevel 1 goto stop
popd
exit /b 0

:not_unzipped
echo Hay giai nen ca tep zip (Extract All) ra mot thu muc, roi mo giang-vien.bat trong thu muc do.
goto stop

:no_python
type "%TEXT%\khong-co-python.txt"
goto stop

:not_run
type "%TEXT%\khong-chay-duoc.txt"
goto stop

:stop
pause
popd
exit /b 1
