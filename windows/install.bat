@echo off
rem Installs turnout into this folder: without administrator rights, without a network.
setlocal
title turnout
cd /d "%~dp0"
set "PYTHON="
set "FITS=import sys; sys.exit(sys.version_info[:2] not in [(3, 11), (3, 12), (3, 13)] or sys.maxsize < 2**32)"
set "SHORT=import os, sys; sys.exit(len(os.getcwd()) > 100)"

if not exist "wheels\turnout-*.whl" goto no_wheels

for %%V in (3.13 3.12 3.11) do call :try_launcher %%V
for %%V in (313 312 311) do call :try_file "%LOCALAPPDATA%\Programs\Python\Python%%V\python.exe"
for %%V in (313 312 311) do call :try_file "%ProgramFiles%\Python%%V\python.exe"
call :try_path
if not defined PYTHON goto no_python

%PYTHON% -c "%SHORT%"
if errorlevel 1 goto long_path

echo Memasang turnout ke folder ini. Tunggu satu sampai lima menit ...
echo Installing turnout into this folder. This takes one to five minutes ...
%PYTHON% -m venv --clear turnout-program
if errorlevel 1 goto failed
rem Nothing comes from the network: wheels are taken from the folder alone.
set PIP_NO_INDEX=1
"turnout-program\Scripts\python.exe" -m pip install --quiet -f wheels --disable-pip-version-check "turnout[serve,docx,pdf]"
if errorlevel 1 goto failed
"turnout-program\Scripts\forecast.exe" --version
if errorlevel 1 goto failed

>mulai-start.bat echo @echo off
>>mulai-start.bat echo title turnout
>>mulai-start.bat echo chcp 65001 ^>nul
>>mulai-start.bat echo set "PYTHONUTF8=1"
>>mulai-start.bat echo set "PATH=%%~dp0turnout-program\Scripts;%%PATH%%"
>>mulai-start.bat echo cd /d "%%~dp0"
>>mulai-start.bat echo cmd /k forecast --help --lang id

echo.
echo Selesai. Klik dua kali mulai-start.bat, lalu ketik: forecast demo --lang id
echo Done. Double-click mulai-start.bat, then type: forecast demo
echo.
pause
exit /b 0

:try_launcher
if defined PYTHON exit /b 0
py -%1 -c "%FITS%" >nul 2>nul
if not errorlevel 1 set "PYTHON=py -%1"
exit /b 0

:try_file
if defined PYTHON exit /b 0
if not exist %1 exit /b 0
%1 -c "%FITS%" >nul 2>nul
if not errorlevel 1 set PYTHON=%1
exit /b 0

:try_path
if defined PYTHON exit /b 0
python -c "%FITS%" >nul 2>nul
if not errorlevel 1 set "PYTHON=python"
exit /b 0

:no_python
echo Python 3.11, 3.12 atau 3.13 (64-bit) tidak ditemukan di komputer ini.
echo 1. Klik dua kali berkas python-3...-amd64.exe (dari www.python.org/downloads/windows).
echo 2. Hapus centang "Use admin privileges when installing py.exe". Centang "Add python.exe to PATH".
echo 3. Klik Install Now. Hak administrator tidak diperlukan.
echo 4. Klik dua kali install.bat ini sekali lagi.
echo.
echo Python 3.11, 3.12 or 3.13 (64-bit) was not found on this computer.
echo 1. Double-click the file python-3...-amd64.exe (from www.python.org/downloads/windows).
echo 2. Untick "Use admin privileges when installing py.exe". Tick "Add python.exe to PATH".
echo 3. Click Install Now. No administrator rights are needed.
echo 4. Double-click this install.bat once more.
echo.
pause
exit /b 1

:no_wheels
echo Folder wheels tidak ada di samping install.bat. Bila ini berkas zip: klik kanan,
echo pilih Extract All (Ekstrak Semua), buka folder hasilnya, lalu klik dua kali install.bat di sana.
echo.
echo The folder wheels is not beside install.bat. If this is a zip file: right-click it,
echo choose Extract All, open the new folder, and double-click install.bat there.
echo.
pause
exit /b 1

:long_path
echo Nama folder ini terlalu panjang. Pindahkan ke tempat yang lebih pendek, misalnya C:\Users\nama\turnout,
echo lalu klik dua kali install.bat di sana.
echo.
echo The name of this folder is too long. Move it to a shorter place, such as C:\Users\name\turnout,
echo and double-click install.bat there.
echo.
pause
exit /b 1

:failed
echo.
echo Pemasangan gagal; pesan di atas menyebutkan sebabnya. Foto jendela ini dan kirimkan kepada yang
echo memberi Anda folder ini. Yang sering terjadi: antivirus menahan berkas, atau diska penuh (perlu 1 GB).
echo.
echo The installation failed; the message above says why. Send a picture of this window to whoever gave
echo you this folder. Common reasons: an antivirus holds files back, or the disk is full (1 GB is needed).
echo.
pause
exit /b 1
