using TandemFetch.Engine.Settings;
using TandemFetch.Engine.Tests.Source;
using TandemFetch.Records;

namespace TandemFetch.Engine.Tests.Settings;

public sealed class UserSettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _environment = [];

    public UserSettingsTests() => _environment["TANDEM_CONFIG"] = _folder.Path;

    public static TheoryData<string> All => [.. Setting.All.Select(setting => setting.Name)];

    private string FilePath => Path.Join(_folder.Path, "settings.toml");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(All))]
    public void A_setting_is_stored_read_replaced_and_removed(string name)
    {
        var setting = Setting.All.Single(setting => setting.Name == name);
        var (first, second) = Examples[name];

        Save(setting, first);
        Assert.Equal((first, ConfigurationSource.Settings), Load().Find(setting));

        Save(setting, second);
        Assert.Equal((second, ConfigurationSource.Settings), Load().Find(setting));

        Save(setting, null);
        Assert.Equal((setting.Default, ConfigurationSource.Default), Load().Find(setting));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_environment_goes_before_the_file(string name)
    {
        var setting = Setting.All.Single(setting => setting.Name == name);
        var (first, second) = Examples[name];
        Save(setting, first);
        _environment[setting.Variable] = second.ToString()!;

        var settings = Load();

        Assert.Equal((second, ConfigurationSource.Environment), settings.Find(setting));
        Assert.Equal(first, settings.InFile(setting));
    }

    [Fact]
    public void Settings_do_not_affect_each_other()
    {
        Load().Save(Setting.All.ToDictionary(setting => setting, setting => (object?)Examples[setting.Name].First));
        Save(Setting.Region, null);

        var settings = Load();

        Assert.All(
            Setting.All.Where(setting => setting != Setting.Region),
            setting => Assert.Equal(Examples[setting.Name].First, settings.InFile(setting)));
        Assert.Null(settings.InFile(Setting.Region));
    }

    [Fact]
    public void What_the_user_wrote_into_the_file_stays()
    {
        Write("# mine\nregion = 'EU'   # since 2024\n\n# the pump's clock\ntime_zone = \"Europe/Berlin\"");

        Load().Save(new Dictionary<Setting, object?> { [Setting.Region] = "US", [Setting.ReportTitle] = "A \"B\" \\" });

        Assert.Equal(
            "# mine\nregion = \"US\"   # since 2024\n\n# the pump's clock\ntime_zone = \"Europe/Berlin\"\n"
            + "report_title = \"A \\\"B\\\" \\\\\"\n",
            File.ReadAllText(FilePath).ReplaceLineEndings("\n"));
        Assert.Equal("A \"B\" \\", Load().InFile(Setting.ReportTitle));
    }

    [Theory]
    [InlineData("region = \"EU\"\nregion = \"US\"", SettingsErrors.Malformed, "line 2")]
    [InlineData("region = \"EU\"\ntime_zone = Europe/Berlin", SettingsErrors.Malformed, "line 2")]
    [InlineData("region", SettingsErrors.Malformed, "line 1")]
    [InlineData("region = \"EU\"\nglucos_unit = \"mmol/L\"", SettingsErrors.Unknown, "line 2")]
    [InlineData("\n[report]\ntitle = \"A\"", SettingsErrors.Unknown, "line 2")]
    [InlineData("report.title = \"A\"", SettingsErrors.Unknown, "line 1")]
    [InlineData("glucose_unit = \"mmol\"", SettingsErrors.Invalid, "line 1")]
    [InlineData("glucose_unit = \"1\"", SettingsErrors.Invalid, "line 1")]
    [InlineData("glucose_unit = 1", SettingsErrors.Invalid, "line 1")]
    [InlineData("# a\ntime_zone = \"Mars/Base\"", SettingsErrors.Invalid, "line 2")]
    [InlineData("region = \"Mars\"", SettingsErrors.Invalid, "line 1")]
    [InlineData("region = \"\"", SettingsErrors.Invalid, "line 1")]
    [InlineData("database = \"tandem.db\"", SettingsErrors.Invalid, "line 1")]
    [InlineData("report_open = \"yes\"", SettingsErrors.Invalid, "line 1")]
    public void A_wrong_file_is_an_error_that_names_file_and_line_and_is_not_written(
        string content, string id, string line)
    {
        Write(content);

        var problem = Assert.Throws<TandemException>(Load);

        Assert.Equal(id, problem.ErrorId);
        Assert.Contains(FilePath, problem.Message, StringComparison.Ordinal);
        Assert.Contains(line, problem.Message, StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllText(FilePath));
    }

    [Fact]
    public void A_file_of_arbitrary_bytes_is_malformed()
    {
        var random = new Random(1);
        for (var i = 0; i < 200; i++)
        {
            var bytes = new byte[random.Next(1, 2_000)];
            random.NextBytes(bytes);
            File.WriteAllBytes(FilePath, bytes);

            Assert.Equal(SettingsErrors.Malformed, Assert.Throws<TandemException>(Load).ErrorId);
        }
    }

    [Fact]
    public void A_wrong_value_in_the_environment_names_the_variable()
    {
        _environment["TANDEM_GLUCOSE_UNIT"] = "stone";

        var problem = Assert.Throws<TandemException>(() => Load().Find(Setting.GlucoseUnit));

        Assert.Equal(SettingsErrors.Invalid, problem.ErrorId);
        Assert.Contains("TANDEM_GLUCOSE_UNIT", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mg/dL", GlucoseUnit.MgDl)]
    [InlineData("MGDL", GlucoseUnit.MgDl)]
    [InlineData("mmol/l", GlucoseUnit.MmolL)]
    [InlineData("MmolL", GlucoseUnit.MmolL)]
    public void A_unit_may_be_written_as_people_write_it(string text, GlucoseUnit unit)
    {
        Write($"glucose_unit = \"{text}\"");

        Assert.Equal(unit, Load().Get<GlucoseUnit>(Setting.GlucoseUnit));
    }

    [Fact]
    public void The_file_is_the_users_alone_until_the_user_decides_otherwise()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Modes are for Unix.");
            return;
        }

        Save(Setting.Region, "EU");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));

        var shared = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead;
        File.SetUnixFileMode(FilePath, shared);
        Save(Setting.Region, "US");
        Assert.Equal(shared, File.GetUnixFileMode(FilePath));
    }

    [Fact]
    public void A_link_to_the_file_stays_a_link()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Links need rights on Windows.");
            return;
        }

        var target = _folder.Write("dotfiles/tandem.toml", "region = \"EU\"\n");
        File.CreateSymbolicLink(FilePath, target);

        Save(Setting.Region, "US");

        Assert.Equal(target, new FileInfo(FilePath).LinkTarget);
        Assert.Equal("region = \"US\"\n", File.ReadAllText(target));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_an_error()
    {
        _environment["TANDEM_CONFIG"] = _folder.Write("file", "no folder");

        Assert.Equal(
            SettingsErrors.NotWritable, Assert.Throws<TandemException>(() => Save(Setting.Region, "EU")).ErrorId);
    }

    [Fact]
    public void The_file_is_where_the_operating_system_intends_it()
    {
        _environment.Remove("TANDEM_CONFIG");
        _environment["XDG_CONFIG_HOME"] = Path.Join(_folder.Path, "xdg");

        if (OperatingSystem.IsLinux())
        {
            Assert.Equal(Path.Join(_folder.Path, "xdg", "TandemFetch", "settings.toml"), Load().Path);
            _environment.Remove("XDG_CONFIG_HOME");
        }

        var folder = Environment.GetFolderPath(
            Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        Assert.EndsWith(
            Path.Join(Path.GetFileName(folder), "TandemFetch", "settings.toml"), Load().Path, StringComparison.Ordinal);
    }

    private static IReadOnlyDictionary<string, (object First, object Second)> Examples { get; } =
        new Dictionary<string, (object First, object Second)>
        {
            [nameof(Setting.Database)] = (Path.GetFullPath("one.db"), Path.GetFullPath("two # \"2\".db")),
            [nameof(Setting.TimeZone)] = ("Europe/Berlin", "America/New_York"),
            [nameof(Setting.Region)] = ("EU", "US"),
            [nameof(Setting.GlucoseUnit)] = (GlucoseUnit.MmolL, GlucoseUnit.MgDl),
            [nameof(Setting.CredentialSecret)] = ("Tandem", "Zweites Geheimnis"),
            [nameof(Setting.ReportPreset)] = (GlucosePreset.Pregnancy, GlucosePreset.Standard),
            [nameof(Setting.ReportTitle)] = ("Anna", "Übersicht = [alles]"),
            [nameof(Setting.ReportNoDaily)] = (true, false),
            [nameof(Setting.ReportAsPdf)] = (true, false),
            [nameof(Setting.ReportOpen)] = (false, true),
            [nameof(Setting.NightscoutUri)] = ("https://my.site.example", "http://127.0.0.1:1337/ns"),
            [nameof(Setting.NightscoutCredentialSecret)] = ("Nightscout", "Drittes Geheimnis"),
        };

    private UserSettings Load() => UserSettings.Load(_environment.GetValueOrDefault);

    private void Save(Setting setting, object? value) =>
        Load().Save(new Dictionary<Setting, object?> { [setting] = value });

    private void Write(string content) => File.WriteAllText(FilePath, content);
}
