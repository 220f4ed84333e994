@echo off
rem Opens a window on Windows in which instructors and authors type "buuchinh ..." and "nbgrader ...".
rem ASCII on purpose: what people read stands in the text files of buuchinh\lab\start and in buuchinh\messages.
chcp 65001 >nul
pushd "%~dp0"
set PYTHONUTF8=1
set PYTHONNOUSERSITE=1
set "PYTHONHOME="
set "PYTHONPATH="
set "TEXT=buuchinh\lab\start"
set "PY="
set "RUN=%CD%\.venv\Scripts\python.exe"
if not exist "%TEXT%\khong-co-python.txt" goto not_unzipped
if not exist "python\python.exe" goto find
set "PY=python\python.exe"
set "RUN=%CD%\python\python.exe"
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
set "PYTHONPATH=%CD%"
set "BUUCHINH_PYTHON=%RUN%"
set "PATH=%CD%\lenh;%PATH%"
type "%TEXT%\cua-so-lenh.txt"
cmd /k
popd
exit /b 0

:not_unzipped
echo Hay giai nen ca tep zip (Extract All) ra mot thu muc, roi mo cua-so-lenh.bat trong thu muc do.
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
