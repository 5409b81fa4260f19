using MaoApi.Hosting;
using MaoApi.Secrets;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Secrets;

public sealed class SecretBoxTests : IDisposable
{
    private readonly TemporaryFolder _temp = new();
    private readonly DataFolder _folder;

    public SecretBoxTests() => _folder = DataFolder.Open(_temp.Path);

    public void Dispose()
    {
        _folder.Dispose();
        _temp.Dispose();
    }

    [Fact]
    public void What_is_sealed_opens_for_its_owner_and_shows_nothing()
    {
        var box = new SecretBox(Ring());

        var stored = box.Seal("account/one", "the api key");

        box.Open("account/one", stored).Should().Be("the api key");
        stored.Should().NotContain("api");
        box.Seal("account/one", "the api key").Should().NotBe(stored, "each value has a nonce of its own");
    }

    [Fact]
    public void A_value_copied_to_another_owner_does_not_open()
    {
        var box = new SecretBox(Ring());

        var open = () => box.Open("account/two", box.Seal("account/one", "the api key"));

        open.Should().Throw<SecretUnreadableException>().WithMessage("*account/two*");
    }

    [Fact]
    public void A_value_changed_in_any_character_does_not_open()
    {
        var box = new SecretBox(Ring());
        var stored = box.Seal("account/one", "the api key");
        for (var i = 0; i < stored.Length; i++)
        {
            var damaged = stored[..i] + (stored[i] == 'A' ? 'B' : 'A') + stored[(i + 1)..];
            var open = () => box.Open("account/one", damaged);
            open.Should().Throw<SecretUnreadableException>("character {0} was changed", i);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("1.x")]
    [InlineData("1..")]
    [InlineData("2.a.b")]
    public void What_is_not_a_stored_secret_is_refused(string stored)
    {
        var open = () => new SecretBox(Ring()).Open("account/one", stored);

        open.Should().Throw<SecretUnreadableException>();
    }

    [Fact]
    public void The_newest_key_seals_and_all_open()
    {
        var ring = Ring();
        var box = new SecretBox(ring);
        var before = box.Seal("a", "text");

        var added = ring.Add();

        box.Open("a", before).Should().Be("text");
        SecretBox.IsSealedWith(added, before).Should().BeFalse();
        SecretBox.IsSealedWith(added, box.Seal("a", "text")).Should().BeTrue();
    }

    [Fact]
    public void A_key_another_process_added_is_found()
    {
        var mine = new SecretBox(Ring());
        var others = Ring();
        others.Add();

        mine.Open("a", new SecretBox(others).Seal("a", "text")).Should().Be("text");
        new SecretBox(others).Open("a", mine.Seal("a", "text")).Should().Be("text");
    }

    [Fact]
    public void Keys_of_the_settings_stand_for_those_of_the_folder_and_the_last_one_seals()
    {
        var old = Convert.ToBase64String(new byte[32]);
        var fresh = Convert.ToBase64String(Enumerable.Repeat((byte)7, 32).ToArray());
        var before = new SecretBox(new KeyRing(Options($"a={old}"), _folder, TimeProvider.System)).Seal("x", "text");

        var ring = new KeyRing(Options($"a={old},b={fresh}"), _folder, TimeProvider.System);

        ring.Current.Id.Should().Be("b");
        new SecretBox(ring).Open("x", before).Should().Be("text");
        Directory.GetFiles(_folder.Keys, "ring-*").Should().BeEmpty();
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("a=notbase64")]
    [InlineData("a=AAAA")]
    [InlineData("=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("a.b=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("a=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=,a=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public void Malformed_keys_of_the_settings_are_named_without_being_shown(string keys)
    {
        var settings = Settings(keys);

        SecretOptions.Read(settings);

        settings.Errors.Should().ContainSingle().Which.Should().StartWith("MAO_KEYS").And.NotContain("AAAA");
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void Keys_lie_in_files_only_their_owner_reads_in_the_folder_that_was_named()
    {
        var elsewhere = _temp.File("elsewhere");

        _ = new KeyRing(new SecretOptions { KeysFolder = elsewhere }, _folder, TimeProvider.System);

        File.GetUnixFileMode(elsewhere).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.GetUnixFileMode(Directory.GetFiles(elsewhere, "ring-*.key").Should().ContainSingle().Subject)
            .Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private static SecretOptions Options(string keys) => SecretOptions.Read(Settings(keys));

    private static SettingsReader Settings(string keys) => new(name => name == "MAO_KEYS" ? keys : null);

    private KeyRing Ring() => new(new SecretOptions(), _folder, TimeProvider.System);
}
