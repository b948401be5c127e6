using System.IO.Compression;
using System.Text;
using System.Xml;
using ExcelDataReader;
using TandemFetch.Engine.Export;
using TandemFetch.Engine.Storage;
using TandemFetch.Records;

namespace TandemFetch.Engine.Tests.Export;

/// <summary>Workbooks, read by a library that did not write them.</summary>
public sealed class WorkbookTests(ReadableTable table) : IClassFixture<ReadableTable>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tandem-test-");
    private readonly List<string> _warnings = [];

    static WorkbookTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Times_are_dates_and_numbers_are_numbers()
    {
        var path = await ExportAsync(new ExportRequest { Table = "notes", Path = "" });

        var (name, rows) = Assert.Single(Read(path));
        Assert.Equal("notes", name);
        Assert.Equal(
            [
                ["pump_serial", "device_assignment_id", "timestamp", "timestamp_offset", "day", "note", "value", "small", "exact", "big", "truth"],
                ["111", "a", new DateTime(2026, 11, 1, 1, 30, 0), "UTC-04:00", new DateTime(2026, 11, 1), "first", 0.1, 0.1, 12.5, 12.0, true],
                ["111", "a", new DateTime(2026, 11, 1, 1, 30, 0), "UTC-05:00", new DateTime(2026, 11, 1), "second", "NaN", 2.0, -0.001, "9007199254740993", false],
                ["222", "b", new DateTime(2026, 7, 1, 14, 0, 0, 750), "UTC+02:00", "1899-12-31", "=1+1", "Infinity", null, "12345678901234567890.125", -5.0, null],
                ["c", "c", null, null, null, null, null, null, null, null, null],
            ],
            rows);
    }

    [Fact]
    public async Task Each_table_has_a_sheet_and_a_query_has_one()
    {
        var both = await ExportAsync(
            new ExportRequest { Table = "notes", Path = "" }, new ExportRequest { Table = "pumps", Path = "" });
        var query = await ExportAsync(new ExportRequest { Query = "SELECT 1 AS a, 2 AS a", Path = "" });

        Assert.Equal(["notes", "pumps"], Read(both).Select(sheet => sheet.Name));
        var (name, rows) = Assert.Single(Read(query));
        Assert.Equal("Query", name);
        Assert.Equal([["a", "a_1"], [1.0, 2.0]], rows);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" leading and trailing ")]
    [InlineData("\ttabs and lines\n")]
    [InlineData("first\r\nsecond\rthird")]
    [InlineData("a\u0000b\u0001c\u000bd\u001fe")]
    [InlineData("no characters: \uFFFE \uFFFF")]
    [InlineData("_x0041_ is text, and _x000D_ is, too")]
    [InlineData("<b>&amp; 'quotes' \"and\" ]]>")]
    [InlineData("=1+1")]
    [InlineData("😀 Frühstück")]
    public async Task Any_text_comes_back_as_it_was(string text)
    {
        var value = string.Join(" || ", text.Split('\0').Select(SqlText.Literal)).Replace(" || ", " || chr(0) || ", StringComparison.Ordinal);

        var path = await ExportAsync(new ExportRequest { Query = $"SELECT {value} AS text", Path = "" });

        AssertIsXml(path);
        Assert.Equal(text, Read(path)[0].Rows[1][0] ?? "");
    }

    [Fact]
    public async Task Text_that_no_cell_can_hold_is_cut_off_and_says_so()
    {
        var path = await ExportAsync(new ExportRequest
        {
            Query = "SELECT repeat('x', 32767) AS fits UNION ALL SELECT repeat('😀', 20000) AS fits ORDER BY fits",
            Path = "",
        });

        var texts = Read(path)[0].Rows.Skip(1).Select(row => (string)row[0]!).ToList();
        Assert.Equal(new string('x', 32767), texts[0]);
        Assert.True(texts[1].Length <= 32767);
        Assert.EndsWith("😀 … [cut off: 40,000 characters]", texts[1], StringComparison.Ordinal);
        Assert.Contains("1 text is cut off", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_rows_than_a_sheet_holds_continue_on_the_next()
    {
        var path = Path.Combine(_folder.FullName, "x.xlsx");
        using var database = await table.File.OpenAsync(DatabaseAccess.Read);
        await using (var file = File.Create(path))
        await using (var workbook = await Workbook.StartAsync(file, Cancellation, rowsPerSheet: 3))
        {
            await workbook.AddAsync(
                database, "numbers", [new ExportColumn("n", "BIGINT", "n")], _ => "SELECT n FROM range(5) AS numbers(n)", Cancellation);
            await workbook.CompleteAsync(Cancellation);
        }

        Assert.Equal(
            [("numbers", "n 0 1"), ("numbers (2)", "n 2 3"), ("numbers (3)", "n 4")],
            Read(path).Select(sheet => (sheet.Name, string.Join(' ', sheet.Rows.Select(row => row[0])))));
    }

    [Fact]
    public void Names_of_sheets_are_short_permitted_and_different()
    {
        var names = new SheetNames();

        Assert.Equal(
            [
                "boluses", "Boluses (2)", "own.a_b_c_d", "a name that is longer than an E", "a name that is longer than  (2)", "History (2)", "quoted", "Sheet",
            ],
            new[] { "boluses", "Boluses", "own.a/b:c?d", "a name that is longer than an Excel sheet's", "a name that is longer than an Excel sheets", "History", "'quoted'", "" }
                .Select(names.Next).Select(name => name.Length <= 31 ? name : name + " is too long"));
    }

    [Fact]
    public async Task A_query_that_fails_leaves_no_workbook()
    {
        var refusal = await Assert.ThrowsAsync<TandemException>(() => ExportAsync(
            new ExportRequest { Query = "SELECT error('no') AS x FROM range(5000)", Path = "" }));

        Assert.Equal("QueryFailed", refusal.ErrorId);
        Assert.Empty(_folder.EnumerateFileSystemInfos());
    }

    private static void AssertIsXml(string path)
    {
        using var zip = ZipFile.OpenRead(path);
        foreach (var part in zip.Entries.Where(part => part.Name.EndsWith(".xml", StringComparison.Ordinal)))
        {
            using var reader = XmlReader.Create(part.Open());
            while (reader.Read())
            {
            }
        }
    }

    private static List<(string Name, List<object?[]> Rows)> Read(string path)
    {
        using var reader = ExcelReaderFactory.CreateReader(File.OpenRead(path));
        var sheets = new List<(string, List<object?[]>)>();
        do
        {
            var rows = new List<object?[]>();
            while (reader.Read())
            {
                rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)]);
            }

            sheets.Add((reader.Name, rows));
        }
        while (reader.NextResult());
        return sheets;
    }

    private async Task<string> ExportAsync(params ExportRequest[] requests)
    {
        var path = Path.Combine(_folder.FullName, $"{Guid.NewGuid():N}.xlsx");
        using var database = await table.File.OpenAsync(DatabaseAccess.Read);
        new DataExporter(database, _warnings.Add).ExportWorkbook(
            [.. requests.Select(request => request with { Path = path, Format = ExportFormat.Xlsx })], Cancellation);
        return path;
    }
}
