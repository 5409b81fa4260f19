using MaoApi.Hosting;
using MaoApi.Shared;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Hosting;

public sealed class SharedStoreOptionsTests : IDisposable
{
    private const string NotBuilt = "REDIS_URL: redis is not in this build; build with -p:MaoStack=production";
    private const string Malformed = "REDIS_URL: redis://user:password@host:port/database is expected, or rediss://; a database is 0 to 15";

    private readonly TemporaryFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Without_a_word_what_is_shared_lies_in_memory()
    {
        var (options, errors) = Read();

        (options.Host, options.Patience, options.ToString(), errors.Count).Should().Be(
            (null, TimeSpan.FromMilliseconds(100), "the memory of this process", 0));
    }

    [Fact]
    public void One_address_says_all_and_the_password_of_a_file_goes_before_it()
    {
        File.WriteAllText(_temp.File("password"), "from file\n");

        var (whole, _) = Read(("REDIS_URL", "rediss://mao:p%3Aw@cache:6380/3"));
        var (file, _) = Read(("REDIS_URL", "redis://cache"), ("REDIS_PASSWORD_FILE", _temp.File("password")), ("REDIS_TIMEOUT_MS", "20"));

        whole.Should().Be(new SharedStoreOptions { Host = "cache", Port = 6380, User = "mao", Password = "p:w", Database = 3, IsTls = true });
        file.Should().Be(new SharedStoreOptions { Host = "cache", Password = "from file", Patience = TimeSpan.FromMilliseconds(20) });
        (whole.ToString(), file.ToString()).Should().Be(("redis at cache:6380", "redis at cache:6379"));
    }

    [Theory]
    [InlineData("REDIS_URL", "http://:secret@cache", Malformed)]
    [InlineData("REDIS_URL", "redis://", Malformed)]
    [InlineData("REDIS_URL", "redis://cache/16", Malformed)]
    [InlineData("REDIS_URL", "redis://cache/name", Malformed)]
    [InlineData("REDIS_TIMEOUT_MS", "4", "REDIS_TIMEOUT_MS: '4' is not a number from 5 to 5000")]
    public void What_makes_no_sense_is_named_without_secrets(string name, string value, string error)
    {
        var (_, errors) = Read((name, value));

        errors.Except([NotBuilt], StringComparer.Ordinal).Should().Equal(error);
    }

    [Fact]
    public void A_server_that_the_build_cannot_speak_to_is_refused_with_the_switch_that_brings_it()
    {
        var (_, errors) = Read(("REDIS_URL", "redis://cache"));

        errors.Should().Equal(SharedStores.Built is null ? [NotBuilt] : []);
    }

    private static (SharedStoreOptions Options, IReadOnlyList<string> Errors) Read(params (string Name, string Value)[] variables)
    {
        var settings = new SettingsReader(name => variables.FirstOrDefault(variable => variable.Name == name).Value);
        return (SharedStoreOptions.Read(settings), settings.Errors);
    }
}
