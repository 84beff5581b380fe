@echo off
rem The targets of the Makefile on Windows, without make:  .\make.cmd run
setlocal
cd /d "%~dp0"
if defined PYTHON goto given
where py >nul 2>nul
if errorlevel 1 (set "PYTHON=python") else (set "PYTHON=py -3")
:given
%PYTHON% tools\bootstrap.py %*
exit /b %errorlevel%
