using TandemFetch.Module.Tests.Support;

namespace TandemFetch.Module.Tests.Commands;

/// <summary>What cannot be exported is refused before anything is written.</summary>
public sealed class RefusedExportTests(RefusedExportTests.Filled filled) : IClassFixture<RefusedExportTests.Filled>
{
    private SandboxedModule Module => filled.Module;

    [Theory]
    [InlineData("-Query 'delete from events' -Path x.csv", "QueryReadOnly")]
    [InlineData("-Query 'from disable_logging()' -Path x.csv", "QueryReadOnly")]
    [InlineData("-Query 'select no_such_column from events' -Path x.csv", "QueryFailed")]
    [InlineData("-Query \"select 1) TO 'evil.csv'; --\" -Path x.csv", "QueryFailed")]
    [InlineData("-Query 'select 1' -Path x.csv -Last 1d", "ExportQueryConflict")]
    [InlineData("boluss x.csv", "TableUnknown")]
    [InlineData("events x.xls", "ExportFormatUnknown")]
    [InlineData("events x.xlsx.gz", "ExportFormatUnknown")]
    [InlineData("events x.parquet.gz", "ExportFormatUnknown")]
    [InlineData("events x.csv -Format Parquet", "ExportFormatConflict")]
    [InlineData("events x.parquet.gz -Format Parquet", "ExportFormatConflict")]
    [InlineData("events x.csv -PartitionBy Year", "ExportFormatConflict")]
    [InlineData("events x.xlsx -Exact", "ExportFormatConflict")]
    [InlineData("-Archive x -Format Xlsx", "ExportFormatConflict")]
    [InlineData("-Archive x.parquet", "ExportSeveralTables")]
    [InlineData("alerts, boluses x.csv", "ExportSeveralTables")]
    [InlineData("alerts, boluses x.csv.gz", "ExportSeveralTables")]
    [InlineData("alerts, boluses x.json", "ExportSeveralTables")]
    [InlineData("alerts, boluses x.parquet", "ExportSeveralTables")]
    [InlineData("alerts, boluses x.parquet -PartitionBy Year", "ExportSeveralTables")]
    [InlineData("alerts, boluses x.txt -Format Csv", "ExportSeveralTables")]
    [InlineData("cgm_* x.csv", "ExportSeveralTables")]
    [InlineData("events x.csv -Column nosuch", "ColumnUnknown")]
    [InlineData("events x -Format Csv -PartitionBy Year", "ExportPartitionNeedsParquet")]
    [InlineData("bookkeeping.stage_versions x.csv -Since 1d", "ExportColumnMissing")]
    [InlineData("events x.csv -PumpSerial 1", "PumpUnknown")]
    [InlineData("events data/tandem.db -Format Csv -Force", "ExportPathInvalid")]
    public void What_cannot_be_exported_is_reported(string arguments, string errorId)
    {
        Assert.Equal([$"TandemFetch.{errorId}"], Module.Run($"Export-TandemData {arguments}").ErrorIds);
        Assert.Equal(["data"], Directory.GetFileSystemEntries(Module.Folder.FullPath).Select(Path.GetFileName));
    }

    /// <summary>A few days of a pump.</summary>
    public sealed class Filled : IAsyncLifetime
    {
        internal SandboxedModule Module { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Module = await SandboxedModule.FilledAsync();

        public ValueTask DisposeAsync() => Module.DisposeAsync();
    }
}
