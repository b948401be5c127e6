namespace TandemFetch.Engine.Lake;

/// <summary>
/// Lets one process at a time publish a pump. The system releases the lock of a process that ends, however it ends.
/// </summary>
internal static class PumpTurn
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits for the turn of a pump; it ends when the result is disposed.</summary>
    /// <exception cref="TandemException"><see cref="LakeErrors.PumpBusy"/>.</exception>
    public static IDisposable Take(
        LakeFolder lake, string key, string pump, TimeSpan timeout, CancellationToken cancellationToken)
    {
        LakeFiles.CreateFolder(lake, lake.Pumps);
        var path = lake.LockOf(key);
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return LakeFiles.Lock(lake, path);
            }
            catch (IOException) when (File.Exists(path))
            {
                if (TimeProvider.System.GetElapsedTime(started) >= timeout)
                {
                    throw new TandemException(
                        LakeErrors.PumpBusy,
                        TandemErrorKind.ResourceBusy,
                        $"Another process is publishing pump {pump} to '{lake.Path}'. Let it finish, or wait longer "
                        + "with -LockTimeout.",
                        pump);
                }
            }

            cancellationToken.WaitHandle.WaitOne(Pause);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
