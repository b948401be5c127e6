using System.IO.Compression;
using System.Text.Json;
using CsCheck;
using TandemFetch.Engine.Export;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Tests.Export;

/// <summary>CSV is for spreadsheets unless it has to be exact, and JSON is JSON.</summary>
public sealed class ExportedFormTests(ReadableTable table) : IClassFixture<ReadableTable>, IDisposable
{
    // One of each kind of nesting, and words that only look like numbers.
    private const string NotFinite =
        """
        SELECT 'nan'::DOUBLE AS a, '-inf'::FLOAT AS b, ['nan'::DOUBLE, -1.5, '-infinity'] AS c, {'x': 'inf'::DOUBLE} AS d,
            MAP {'-Infinity': 'nan'::FLOAT} AS e, '{"a":[NaN,-Infinity,"\\\"-NaN, Infinity"]}'::JSON AS f, '-Infinity' AS g,
            -12 AS h, -1e300::DOUBLE AS i, NULL::DOUBLE AS j, '{"a":nan,"b":inf,"c":-Inf}'::JSON AS k
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tandem-test-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task CSV_has_the_pump_the_wall_clock_and_the_offset_that_tells_two_equal_hours_apart()
    {
        var path = await ExportAsync("notes.csv", columns: ["pump_serial", "timestamp", "note"]);

        Assert.Equal(
            [
                "pump_serial,timestamp,timestamp_offset,note",
                "111,2026-11-01 01:30:00,UTC-04:00,first",
                "111,2026-11-01 01:30:00,UTC-05:00,second",
                "222,2026-07-01 14:00:00,UTC+02:00,'=1+1",
                "c,,,",
            ],
            await File.ReadAllLinesAsync(path, Cancellation));
    }

    [Fact]
    public async Task A_table_of_a_pump_begins_with_its_serial_number()
    {
        var lines = await File.ReadAllLinesAsync(await ExportAsync("notes.csv"), Cancellation);

        Assert.Equal(
            "pump_serial,device_assignment_id,timestamp,timestamp_offset,day,note,value,small,exact,big,truth", lines[0]);
    }

    [Fact]
    public async Task Exact_CSV_has_every_value_as_it_is_and_nothing_else()
    {
        var lines = await File.ReadAllLinesAsync(
            await ExportAsync("notes.csv", columns: ["timestamp", "note"], exact: true), Cancellation);

        // The pumps are in different zones, so the times are in UTC.
        Assert.Equal(
            ["timestamp,note", "2026-11-01 05:30:00+00,first", "2026-11-01 06:30:00+00,second", "2026-07-01 12:00:00.75+00,=1+1", ","],
            lines);
    }

    [Theory]
    [InlineData("=HYPERLINK(\"http://x\")")]
    [InlineData("+1")]
    [InlineData("-1+1")]
    [InlineData("@SUM(1)")]
    [InlineData("\tx")]
    [InlineData("\rx")]
    [InlineData("\nx")]
    [InlineData("＝1")]
    public async Task Text_that_would_be_a_formula_is_not_one_in_any_column_of_text(string text)
    {
        var literal = SqlText.Literal(text);
        var query = $"SELECT {literal} AS a, union_value(t := {literal}) AS b, {literal}::ENUM({literal}) AS c, "
            + $"-1 AS {SqlText.Identifier(text.Replace('\r', '='))}";

        var path = await ExportAsync("x.csv", query: query);

        var file = $"read_csv({SqlText.Literal(path)}, all_varchar = true, header = true, delim = ',', quote = '\"', escape = '\"')";
        using var database = await table.File.OpenAsync(DatabaseAccess.Read);
        var cells = database.Query<string>($"SELECT unnest([a, b, c]) AS cell FROM {file}");
        Assert.Equal(3, cells.Count);
        Assert.All(cells, cell => Assert.StartsWith("'", cell, StringComparison.Ordinal));
        Assert.Equal("'" + text, cells[0]);
        Assert.Contains(
            "'" + text.Replace('\r', '='),
            database.Query<string>($"SELECT column_name FROM (DESCRIBE FROM {file})"));
    }

    [Theory]
    [InlineData("x.jsonl")]
    [InlineData("x.jsonl.gz")]
    public async Task Every_JSON_line_is_JSON_with_null_for_what_JSON_does_not_have(string name)
    {
        var path = await ExportAsync(name, query: NotFinite);

        var line = Assert.Single(await ReadLinesAsync(path));
        Assert.Equal(
            """
            {"a":null,"b":null,"c":[null,-1.5,null],"d":{"x":null},"e":{"-Infinity":null},"f":{"a":[null,null,"\\\"-NaN, Infinity"]},
            "g":"-Infinity","h":-12,"i":-1e300,"j":null,"k":{"a":null,"b":null,"c":null}}
            """.ReplaceLineEndings(""),
            JsonSerializer.Serialize(JsonDocument.Parse(line).RootElement, JsonSerializerOptions.Web).Replace("\\u0022", "\\\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task All_lines_of_a_table_are_JSON()
    {
        var lines = await ReadLinesAsync(await ExportAsync("notes.jsonl"));

        Assert.Equal(4, lines.Length);
        Assert.All(lines, line => Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(line).RootElement.ValueKind));
        Assert.Equal(JsonValueKind.Null, JsonDocument.Parse(lines[1]).RootElement.GetProperty("value").ValueKind);
    }

    /// <summary>Where a block of the file ends does not matter.</summary>
    [Fact]
    public void JSON_is_made_finite_whatever_the_parts_in_which_it_is_read()
    {
        const string Given = """{"N":NaN,"-I":-Infinity,"t":"a\\","u":"NaN \" Infinity","v":[-1.5e-3,Infinity,-NaN,null,true,-inf]}""";
        const string Expected = """{"N":null,"-I":null,"t":"a\\","u":"NaN \" Infinity","v":[-1.5e-3,null,null,null,true,null]}""";

        Gen.Int[1, Given.Length].Sample(size =>
        {
            using var target = new MemoryStream();
            new FiniteJson(target).Copy(new SlowStream(Given, size), Cancellation);
            return System.Text.Encoding.UTF8.GetString(target.ToArray()) == Expected;
        });
    }

    private static async Task<string[]> ReadLinesAsync(string path)
    {
        await using var file = File.OpenRead(path);
        await using Stream lines = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(lines);
        return (await reader.ReadToEndAsync(Cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private async Task<string> ExportAsync(string name, string[]? columns = null, string? query = null, bool exact = false)
    {
        var path = Path.Combine(_folder.FullName, name);
        using var database = await table.File.OpenAsync(DatabaseAccess.Read);
        new DataExporter(database).Export(
            new ExportRequest
            {
                Table = query is null ? "notes" : null,
                Query = query,
                Columns = columns ?? [],
                Path = path,
                Format = ExportFileName.FormatOf(path)!.Value,
                Exact = exact,
            },
            Cancellation);
        return path;
    }

    /// <summary>A stream that returns a few bytes at a time.</summary>
    private sealed class SlowStream(string text, int size) : MemoryStream(System.Text.Encoding.UTF8.GetBytes(text))
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, size));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, size)]);
    }
}
