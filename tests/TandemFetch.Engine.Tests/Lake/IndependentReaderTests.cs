using System.Globalization;
using Parquet;
using Parquet.Schema;
using TandemFetch.Engine.Lake;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Tests.Lake;

/// <summary>
/// Parquet.Net, which shares no code with DuckDB, reads each file of a lake: values, sums and times are those of the
/// database.
/// </summary>
[Collection(LakeSource.Tests)]
public sealed class IndependentReaderTests(LakeSource source)
{
    private static readonly string[] Times = ["DATE", "TIMESTAMP", "TIMESTAMP WITH TIME ZONE"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_file_has_the_values_of_the_database()
    {
        var lake = source.Published;
        using var opened = LakeSource.OpenLake(lake, source.Current);
        var columns = 0;
        foreach (var table in lake.TableNames())
        {
            var description = LakeJson.Read<TableDescription>(lake.DescriptionOf(table))!;
            var read = await ReadAsync(lake.FileOf(table, source.Current));

            Assert.Equal(description.Columns.Select(column => column.Name), read.Keys);
            foreach (var column in description.Columns)
            {
                Assert.Equal($"{table}.{column.Name} {Expected(opened, table, column)}", $"{table}.{column.Name} {read[column.Name]}");
                columns++;
            }
        }

        Assert.True(columns > 200);
    }

    /// <summary>The number of values of a column and their sum: of texts, their lengths; of times, microseconds since 1970.
    /// </summary>
    private static string Expected(TandemDatabase database, string table, ColumnDescription column)
    {
        var name = SqlText.Identifier(LakeColumn.NameInDatabase(column.Name));
        var value = column.Type switch
        {
            "VARCHAR" => $"length({name})",
            "BOOLEAN" => $"{name}::INTEGER",
            "DOUBLE" => $"round({name}, 6)::DECIMAL(38, 6)",
            var type when Times.Contains(type) => $"epoch_us({name})::HUGEINT",
            _ => name,
        };
        var (count, sum) = database.Query<(long, string)>(
            $"SELECT count({name}), coalesce(sum({value})::VARCHAR, '0') FROM {table}")[0];
        return Text(count, decimal.Parse(sum, CultureInfo.InvariantCulture));
    }

    private static string Text(long count, decimal sum) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} values, {sum:0.######}");

    private static async Task<Dictionary<string, string>> ReadAsync(string path)
    {
        await using var reader = await ParquetReader.CreateAsync(path, cancellationToken: Cancellation);
        var found = new Dictionary<string, string>();
        foreach (var field in reader.Schema.GetDataFields())
        {
            var (count, sum) = (0L, 0m);
            for (var index = 0; index < reader.RowGroupCount; index++)
            {
                using var group = reader.OpenRowGroupReader(index);
                foreach (var value in await ValuesAsync(group, field))
                {
                    count++;
                    sum += value;
                }
            }

            found.Add(field.Name, Text(count, sum));
        }

        return found;
    }

    private static Task<IEnumerable<decimal>> ValuesAsync(ParquetRowGroupReader group, DataField field) =>
        field.ClrType switch
        {
            var type when type == typeof(ReadOnlyMemory<char>) => TextsAsync(group, field),
            var type when type == typeof(bool) => ValuesAsync<bool>(group, field, value => value ? 1 : 0),
            var type when type == typeof(short) => ValuesAsync<short>(group, field, value => value),
            var type when type == typeof(int) => ValuesAsync<int>(group, field, value => value),
            var type when type == typeof(long) => ValuesAsync<long>(group, field, value => value),
            var type when type == typeof(decimal) => ValuesAsync<decimal>(group, field, value => value),
            var type when type == typeof(double) => ValuesAsync<double>(
                group, field, value => (decimal)Math.Round(value, 6, MidpointRounding.AwayFromZero)),
            var type when type == typeof(DateTime) => ValuesAsync<DateTime>(
                group, field, value => (value.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond),
            var type when type == typeof(DateOnly) => ValuesAsync<DateOnly>(
                group, field, value => (value.ToDateTime(TimeOnly.MinValue) - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond),
            var type => throw new InvalidOperationException($"{field.Name} is read as {type}."),
        };

    private static async Task<IEnumerable<decimal>> ValuesAsync<T>(
        ParquetRowGroupReader group, DataField field, Func<T, decimal> number)
        where T : struct
    {
        var values = new T?[group.RowCount];
        await group.ReadAsync<T>(field, values.AsMemory(), cancellationToken: Cancellation);
        return values.Where(value => value is not null).Select(value => number(value!.Value));
    }

    private static async Task<IEnumerable<decimal>> TextsAsync(ParquetRowGroupReader group, DataField field)
    {
        var values = new string?[group.RowCount];
        await group.ReadAsync(field, values.AsMemory()!, cancellationToken: Cancellation);
        return values.OfType<string>().Select(value => (decimal)value.EnumerateRunes().Count());
    }
}
