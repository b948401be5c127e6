using TandemFetch.Engine.Source;
using TandemFetch.Engine.Tests.Support;

namespace TandemFetch.Engine.Tests.Source;

public sealed class CredentialTests : IDisposable
{
    private const string Secret = "p4ss-Secret";

    private static readonly string Complete =
        $"""
        [tandem]
        email = "file@example.com"
        password = "{Secret}"
        region = "EU"
        pump_serial = 90556643
        time_zone = "Europe/Berlin"
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly RecordingObserver _observer = new();
    private readonly Dictionary<string, string> _environment = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_file_says_everything()
    {
        WriteFile(Complete);

        var found = Find();

        Assert.Equal("file@example.com", found.Email);
        Assert.Equal(Secret, found.ReadPassword());
        Assert.Equal(Regions.EU, found.Region);
        Assert.Equal("90556643", found.PumpSerial);
        Assert.Equal("Europe/Berlin", found.TimeZone);
        Assert.Empty(_observer.Warnings);
    }

    [Fact]
    public void The_environment_alone_is_enough()
    {
        SetEnvironment("env@example.com", "env-password", "us", "America/New_York");

        var found = Find();

        Assert.Equal("env@example.com", found.Email);
        Assert.Equal("env-password", found.ReadPassword());
        Assert.Equal(Regions.US, found.Region);
        Assert.Equal("America/New_York", found.TimeZone);
    }

    [Fact]
    public void The_command_goes_before_the_environment_the_environment_before_the_settings_and_these_before_the_file()
    {
        WriteFile(Complete);
        var settings = new CredentialPlace
        {
            Name = "the settings",
            Email = "secret@example.com",
            Password = () => "secret",
            Region = "US",
            TimeZone = "America/Denver",
        };

        var fromFile = Find();
        var fromSettings = Find(new() { Directory = _folder.Path, Settings = settings });
        SetEnvironment("env@example.com", "env-password", "US", "America/New_York");
        var fromEnvironment = Find(new() { Directory = _folder.Path, Settings = settings });
        var given = Find(new() { Directory = _folder.Path, Email = "me@example.com", Password = () => "mine", Region = Regions.US });

        Assert.Equal("file@example.com", fromFile.Email);
        Assert.Equal("Europe/Berlin", fromFile.TimeZone);
        Assert.Equal("secret@example.com", fromSettings.Email);
        Assert.Equal("secret", fromSettings.ReadPassword());
        Assert.Equal("America/Denver", fromSettings.TimeZone);
        Assert.Equal("env@example.com", fromEnvironment.Email);
        Assert.Equal("America/New_York", fromEnvironment.TimeZone);
        Assert.Equal("me@example.com", given.Email);
        Assert.Equal("mine", given.ReadPassword());
    }

    [Fact]
    public void A_given_value_replaces_the_one_in_the_file()
    {
        WriteFile(Complete);

        var found = Find(new() { Directory = _folder.Path, TimeZone = "Europe/Paris", PumpSerial = "1" });

        Assert.Equal("file@example.com", found.Email);
        Assert.Equal("Europe/Paris", found.TimeZone);
        Assert.Equal("1", found.PumpSerial);
    }

    [Fact]
    public void Zone_and_region_of_another_account_are_not_taken()
    {
        WriteFile(Complete);

        var found = Find(new() { Directory = _folder.Path, Email = "me@example.com", Password = () => "mine", Region = Regions.US });
        var problem = Assert.Throws<TandemException>(
            () => Find(new() { Directory = _folder.Path, Email = "me@example.com", Password = () => "mine" }));

        Assert.Null(found.TimeZone);
        Assert.Null(found.PumpSerial);
        Assert.Equal(SourceErrors.RegionMissing, problem.ErrorId);
    }

    [Fact]
    public void A_file_with_zone_and_region_only_completes_the_environment()
    {
        WriteFile("[tandem]\nregion = \"eu\"\ntime_zone = \"Europe/Berlin\"\nemail = \"\"\npassword = \"\"");
        SetEnvironment("env@example.com", "env-password", null, null);

        var found = Find();

        Assert.Equal("env@example.com", found.Email);
        Assert.Equal(Regions.EU, found.Region);
        Assert.Equal("Europe/Berlin", found.TimeZone);
    }

    [Fact]
    public void Zone_and_region_from_the_settings_complete_an_account_from_anywhere()
    {
        var settings = new CredentialPlace { Name = "the settings", Region = "EU", TimeZone = "Europe/Berlin" };
        SetEnvironment("env@example.com", "env-password", null, null);

        var found = Find(new() { Directory = _folder.Path, Settings = settings });

        Assert.Equal(("env@example.com", Regions.EU, "Europe/Berlin"), (found.Email, found.Region, found.TimeZone));
    }

    [Fact]
    public void Nothing_anywhere_names_all_three_places()
    {
        var problem = Assert.Throws<TandemException>(() => Find());

        Assert.Equal(SourceErrors.CredentialsMissing, problem.ErrorId);
        Assert.Contains("-Credential", problem.Message, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(_folder.Path, "sensitive", "credentials.toml"), problem.Message, StringComparison.Ordinal);
        Assert.Contains("TANDEM_EMAIL", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void There_is_no_default_region()
    {
        SetEnvironment("env@example.com", Secret, null, null);

        var problem = Assert.Throws<TandemException>(() => Find());

        Assert.Equal(SourceErrors.RegionMissing, problem.ErrorId);
    }

    [Theory]
    [InlineData("[tandem]\nemail = \"a@example.com\"\nregion = \"US\"", SourceErrors.CredentialsIncomplete)]
    [InlineData("[tandem]\npassword = \"p4ss-Secret\"\nregion = \"US\"", SourceErrors.CredentialsIncomplete)]
    [InlineData("[tandem]\nemail = \"a@example.com\"\npassword = \"p4ss-Secret\"\nregion = \"p4ss-Secret\"", SourceErrors.RegionUnknown)]
    [InlineData("[tandem]\nemail = \"a@example.com\"\npassword = \"p4ss-Secret\"\nregion = \"0\"", SourceErrors.RegionUnknown)]
    [InlineData("[tandem]\nemail = \"a@example.com\"\npassword = 12345", SourceErrors.CredentialFileMalformed)]
    [InlineData("[tandem]\npassword = p4ss-Secret", SourceErrors.CredentialFileMalformed)]
    [InlineData("[tandem]\npassword = \"p4ss-Secret", SourceErrors.CredentialFileMalformed)]
    [InlineData("[tandem]\npassword = \"p4ss-Secret\"\npassword = \"p4ss-Secret\"", SourceErrors.CredentialFileMalformed)]
    [InlineData("p4ss-Secret", SourceErrors.CredentialFileMalformed)]
    [InlineData("email = \"a@example.com\"\npassword = \"p4ss-Secret\"", SourceErrors.CredentialFileMalformed)]
    [InlineData("tandem = 5", SourceErrors.CredentialFileMalformed)]
    [InlineData("", SourceErrors.CredentialFileMalformed)]
    public void A_wrong_file_has_an_error_that_repeats_nothing_of_it(string content, string id)
    {
        WriteFile(content);

        var problem = Assert.Throws<TandemException>(() => Find());

        Assert.Equal(id, problem.ErrorId);
        Assert.DoesNotContain(Secret, problem.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("12345", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_arbitrary_bytes_is_malformed()
    {
        var path = WriteFile(string.Empty);
        var random = new Random(1);
        for (var i = 0; i < 200; i++)
        {
            var bytes = new byte[random.Next(1, 2_000)];
            random.NextBytes(bytes);
            File.WriteAllBytes(path, bytes);

            var problem = Assert.Throws<TandemException>(() => Find());
            Assert.Equal(SourceErrors.CredentialFileMalformed, problem.ErrorId);
        }
    }

    [Fact]
    public void A_line_number_points_at_the_mistake()
    {
        WriteFile("[tandem]\nemail = \"a@example.com\"\npassword = oops oops\n");

        var problem = Assert.Throws<TandemException>(() => Find());

        Assert.Contains("line 3", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_others_can_read_is_used_with_a_warning()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Modes are for Unix.");
            return;
        }

        _folder.Write(
            "sensitive/credentials.toml", Complete, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        var found = Find();

        Assert.Equal("file@example.com", found.Email);
        Assert.Contains("chmod 600", Assert.Single(_observer.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Neither_credential_nor_request_print_what_they_hold()
    {
        WriteFile(Complete);
        var request = new CredentialRequest { Directory = _folder.Path, Email = "a@example.com", Password = () => Secret };

        var printed = $"{Find()} {request}";

        Assert.DoesNotContain("@example.com", printed, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, printed, StringComparison.Ordinal);
    }

    private string WriteFile(string content) => _folder.Write("sensitive/credentials.toml", content);

    private void SetEnvironment(string email, string password, string? region, string? zone)
    {
        _environment["TANDEM_EMAIL"] = email;
        _environment["TANDEM_PASSWORD"] = password;
        _environment["TANDEM_REGION"] = region ?? string.Empty;
        _environment["TANDEM_TIME_ZONE"] = zone ?? string.Empty;
    }

    private SourceCredential Find(CredentialRequest? request = null) =>
        CredentialFinder.Find(
            request ?? new CredentialRequest { Directory = _folder.Path }, _environment.GetValueOrDefault, _observer);
}
