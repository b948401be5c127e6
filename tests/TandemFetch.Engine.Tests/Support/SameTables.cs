using TandemFetch.Engine.Integrity;
using TandemFetch.Engine.Storage;
using TandemFetch.Engine.Tables;

namespace TandemFetch.Engine.Tests.Support;

/// <summary>Whether two files have the same contents, however they were created.</summary>
internal static class SameTables
{
    private static readonly string[] Tables =
        ["pumps", "raw_events", "events", "clock_spans", .. DomainTables.Derived.SelectMany(table => table.Tables)];

    public static async Task AssertAsync(TestDatabase expected, TestDatabase actual)
    {
        await AssertRowsAsync(expected, actual);
        await AssertWholeAsync(actual);
    }

    /// <summary>
    /// All tables, or some, have the same rows. To check those is left out: the expected ones are known to be right.
    /// </summary>
    public static async Task AssertRowsAsync(TestDatabase expected, TestDatabase actual, params IEnumerable<string> tables)
    {
        using var right = await expected.OpenAsync(DatabaseAccess.Read);
        using var tested = await actual.OpenAsync(DatabaseAccess.Read);
        string[] some = [.. tables];
        some = some.Length > 0 ? some : Tables;
        var (rightSums, testedSums) = (TestDatabase.Sums(right, some), TestDatabase.Sums(tested, some));
        foreach (var table in some)
        {
            if (rightSums[table] == testedSums[table])
            {
                continue;
            }

            var (wanted, found) = (TestDatabase.Dump(right, table), TestDatabase.Dump(tested, table));
            var differences = wanted.Except(found).Take(3).Select(row => "missing " + row)
                .Concat(found.Except(wanted).Take(3).Select(row => "surplus " + row));
            Assert.Fail(
                $"{table}: {found.Count} rows instead of {wanted.Count}{Environment.NewLine}"
                + string.Join(Environment.NewLine, differences));
        }
    }

    /// <summary>Every check of the file passes, except for the specified ones.</summary>
    public static async Task AssertWholeAsync(TestDatabase file, params string[] except)
    {
        using var database = await file.OpenAsync(DatabaseAccess.Read);
        var findings = new IntegrityInspection(database, SilentObserver.Instance).Run(TestContext.Current.CancellationToken)
            .Where(check => !check.Passed && check.Name != "log_gaps" && !except.Contains(check.Name))
            .Select(check => $"{check.Name}: {check.Count}, such as {string.Join(", ", check.SampleKeys)}");
        Assert.Empty(findings);
    }
}
