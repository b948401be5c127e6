using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace TandemFetch.Engine.Storage;

/// <summary>
/// The number by which a file system identifies a file, and the number of its device, which .NET does not provide.
/// </summary>
internal static partial class FileNumber
{
    private const int BufferSize = 256;

    /// <summary>Device and file number as text; null if there is no file, or no number is available.</summary>
    public static string? Find(string path)
    {
        try
        {
            return OperatingSystem.IsWindows() ? OnWindows(path)
                : OperatingSystem.IsMacOS() ? OnMacOS(path)
                : OperatingSystem.IsLinux() ? OnLinux(path)
                : null;
        }
        catch (EntryPointNotFoundException)
        {
            // A C library that is older than the function.
            return null;
        }
    }

    private static string? OnLinux(string path)
    {
        const int CurrentDirectory = -100;
        const uint FileNumberMask = 0x100;

        // struct statx is the same on every processor: stx_ino at 32, stx_dev_major and stx_dev_minor from 136 on.
        Span<byte> status = stackalloc byte[BufferSize];
        return StatX(CurrentDirectory, path, 0, FileNumberMask, status) == 0
            ? Text(BinaryPrimitives.ReadUInt64LittleEndian(status[136..]), BinaryPrimitives.ReadUInt64LittleEndian(status[32..]))
            : null;
    }

    private static string? OnMacOS(string path)
    {
        // struct stat with 64-bit file numbers: st_dev at 0, st_ino at 8.
        Span<byte> status = stackalloc byte[BufferSize];
        var result = RuntimeInformation.ProcessArchitecture == Architecture.X64
            ? StatOfIntel(path, status)
            : Stat(path, status);
        return result == 0
            ? Text(BinaryPrimitives.ReadUInt32LittleEndian(status), BinaryPrimitives.ReadUInt64LittleEndian(status[8..]))
            : null;
    }

    private static string? OnWindows(string path)
    {
        const int FileIdInfo = 18;
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using var handle = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);

            // FILE_ID_INFO: the volume's serial number at 0, the 128-bit id of the file at 8.
            Span<byte> identity = stackalloc byte[24];
            return GetFileInformation(handle, FileIdInfo, identity, (uint)identity.Length)
                ? Convert.ToHexString(identity)
                : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string Text(ulong device, ulong number) =>
        string.Create(CultureInfo.InvariantCulture, $"device {device:x} file {number}");

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int directory, string path, int flags, uint mask, Span<byte> status);

    [LibraryImport("libSystem", EntryPoint = "stat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Stat(string path, Span<byte> status);

    [LibraryImport("libSystem", EntryPoint = "stat$INODE64", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatOfIntel(string path, Span<byte> status);

    [LibraryImport("kernel32", EntryPoint = "GetFileInformationByHandleEx", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetFileInformation(SafeFileHandle handle, int kind, Span<byte> information, uint size);
}
