@echo off
rem Finds a Python that this folder has packages for; install.py does the rest.
rem   install.cmd [FOLDER] [--carry-over OLD_FOLDER]
setlocal
for %%V in (3.14 3.13 3.12 3.11) do (
  if exist "%~dp0requirements\windows-py%%V.txt" (
    py -%%V -c "import venv" >nul 2>nul && (
      py -%%V "%~dp0install.py" %*
      exit /b
    )
  )
)
python "%~dp0install.py" %*
exit /b %errorlevel%
