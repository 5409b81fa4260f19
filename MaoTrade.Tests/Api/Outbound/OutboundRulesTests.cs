using System.Net;
using MaoApi.Outbound;

namespace MaoTrade.Tests.Api.Outbound;

public sealed class OutboundRulesTests
{
    private static readonly OutboundRules Closed = new(new OutboundOptions());

    [Theory]
    [InlineData("http://example.com/")]
    [InlineData("ftp://example.com/")]
    [InlineData("https://example.com:22/")]
    [InlineData("https://example.com:80/")]
    [InlineData("https://user@example.com/")]
    [InlineData("https://user:secret@example.com/")]
    [InlineData("//example.com/")]
    [InlineData("example.com")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f.1/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::ffff:10.0.0.1]/")]
    [InlineData("https://[fd00::1]/")]
    [InlineData("https://169.254.169.254/latest/meta-data/")]
    public void An_address_that_is_not_https_to_the_public_Internet_is_refused(string? address) =>
        Closed.Read(address, out _).Should().BeNull();

    [Theory]
    [InlineData("https://example.com/a?b=c")]
    [InlineData("https://example.com:443/")]
    [InlineData("https://example.com:8443/")]
    [InlineData("https://9.9.9.9/")]
    [InlineData("https://[2620:fe::fe]/")]
    public void An_address_in_the_public_Internet_is_taken(string address) => Closed.Read(address, out _).Should().NotBeNull();

    /// <summary>The special-purpose registries of IANA, one address of each block.</summary>
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("100.64.0.1")]
    [InlineData("100.127.255.255")]
    [InlineData("127.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.8")]
    [InlineData("192.0.2.1")]
    [InlineData("192.168.1.1")]
    [InlineData("198.18.0.1")]
    [InlineData("198.51.100.1")]
    [InlineData("203.0.113.1")]
    [InlineData("224.0.0.1")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:192.168.0.1")]
    [InlineData("::127.0.0.1")]
    [InlineData("64:ff9b::10.0.0.1")]
    [InlineData("64:ff9b:1::1")]
    [InlineData("100::1")]
    [InlineData("2001::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:7f00:1::1")]
    [InlineData("fc00::1")]
    [InlineData("fdff::1")]
    [InlineData("fe80::1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public void What_lies_in_a_special_block_is_never_public(string address) =>
        PublicAddress.Is(IPAddress.Parse(address)).Should().BeFalse();

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("100.63.255.255")]
    [InlineData("172.32.0.1")]
    [InlineData("192.1.0.1")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("2606:4700::1111")]
    [InlineData("2a00:1450:4001::8a")]
    public void What_lies_beside_them_is(string address) => PublicAddress.Is(IPAddress.Parse(address)).Should().BeTrue();

    [Fact]
    public void An_administrators_list_opens_what_it_names_and_nothing_else()
    {
        var rules = new OutboundRules(new OutboundOptions
        {
            Allowed = [.. new[] { "10.0.0.0/24", "192.168.7.7:9443", "hooks.local:9000", "[fd00::5]:9443" }.Select(text => AllowedPlace.TryParse(text)!)],
        });

        bool May(string url, string address) =>
            rules.Read(url, out _) is { } read && rules.MayConnect(read.IdnHost, read.Port, IPAddress.Parse(address));

        May("https://a.example/", "10.0.0.9").Should().BeTrue();
        May("https://10.0.0.9:8443/", "10.0.0.9").Should().BeTrue();
        May("https://a.example/", "10.0.1.9").Should().BeFalse();
        May("https://10.0.0.9:9443/", "10.0.0.9").Should().BeFalse();
        May("https://192.168.7.7:9443/", "192.168.7.7").Should().BeTrue();
        May("https://192.168.7.7/", "192.168.7.7").Should().BeFalse();
        May("https://a.example:9443/", "8.8.8.8").Should().BeFalse();
        May("https://hooks.local:9000/", "172.16.0.1").Should().BeTrue();
        May("https://hooks.local/", "172.16.0.1").Should().BeFalse();
        May("https://other.local:9000/", "172.16.0.1").Should().BeFalse();
        May("https://[fd00::5]:9443/", "fd00::5").Should().BeTrue();
        May("http://10.0.0.9/", "10.0.0.9").Should().BeFalse();
    }

    [Theory]
    [InlineData("not a place")]
    [InlineData("host:0")]
    [InlineData("host:70000")]
    [InlineData("10.0.0.0/33")]
    public void An_entry_that_says_nothing_is_not_taken(string text) => AllowedPlace.TryParse(text).Should().BeNull();
}
