using MaoApi.Engines.Certificates;
using MaoTrade.Engine.Server;
using MaoTrade.Protocol.Client;
using MaoTrade.Protocol.Tls;
using MaoTrade.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace MaoTrade.Tests.Engine.Server;

/// <summary>Who gets through to an engine whose wire is under TLS, and who does not, with real certificates and sockets.</summary>
public sealed class WireTlsTests : IDisposable
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_gateway_with_a_certificate_of_the_same_authority_is_answered()
    {
        var folder = Make("a");
        await using var host = await ListenAsync(Files(folder, "engine-a"));

        await using var reply = await AskAsync(host, ToEngine(Files(folder, "gateway"), "a"));

        (reply.Result, reply.Detail).Should().Be((ProxyResult.NoError, ""));
        reply.Code.Should().Be(0);
    }

    [Fact]
    public async Task A_payload_of_megabytes_arrives_whole_through_TLS()
    {
        var folder = Make("a");
        var sent = new byte[3_000_000];
        new Random(1).NextBytes(sent);
        await using var host = await ListenAsync(Files(folder, "engine-a"), service: new FunctionService(
            1, _ => new ServiceReply(0, "", default, new ReplyPayload(new MemoryStream(sent), sent.Length, "log.zip", "application/zip", ""))));
        await using var proxy = Proxy(host, ToEngine(Files(folder, "gateway"), "a"));

        await using var reply = await proxy.SendAsync(new ProxyRequest(1, default) { ExpectsPayload = true }, CancellationToken.None);
        using var received = new MemoryStream();
        await reply.Payload!.CopyToAsync(received, CancellationToken.None);

        received.ToArray().AsSpan().SequenceEqual(sent).Should().BeTrue();
    }

    [Fact]
    public void A_file_that_is_missing_is_named()
    {
        var files = Files(Make("a"), "engine-b");

        var read = () => new WireIdentity(files, TimeProvider.System);

        read.Should().Throw<FileNotFoundException>().WithMessage($"*{files.Certificate}*");
    }

    [Fact]
    public async Task The_gateway_refuses_an_engine_of_another_account()
    {
        var folder = Make("a", "b");
        await using var host = await ListenAsync(Files(folder, "engine-b"));

        await using var reply = await AskAsync(host, ToEngine(Files(folder, "gateway"), "a"));

        reply.Result.Should().Be(ProxyResult.Connect);
        reply.Detail.Should().Contain("the certificate is that of mt-b, not of mt-a");
    }

    [Fact]
    public async Task The_gateway_refuses_an_engine_of_another_authority()
    {
        var ours = Make("a");
        var theirs = Make("a");
        await using var host = await ListenAsync(Files(theirs, "engine-a"));

        await using var reply = await AskAsync(host, ToEngine(Files(ours, "gateway"), "a"));

        reply.Result.Should().Be(ProxyResult.Connect);
        reply.Detail.Should().Contain("is not signed by CN=MaoTrade wire authority");
    }

    [Fact]
    public async Task The_gateway_refuses_an_engine_whose_certificate_has_ended()
    {
        var folder = Make("a");
        await using var host = await ListenAsync(Files(Ended(folder, "a"), "engine-a"));

        await using var reply = await AskAsync(host, ToEngine(Files(folder, "gateway"), "a"));

        reply.Result.Should().Be(ProxyResult.Connect);
        reply.Detail.Should().Contain("is valid from").And.Contain("only");
    }

    [Fact]
    public async Task The_gateway_refuses_one_of_its_own_kind_in_place_of_an_engine()
    {
        var folder = Make("a");
        await using var host = await ListenAsync(Files(folder, "gateway"));

        await using var reply = await AskAsync(host, ToEngine(Files(folder, "gateway"), "a"));

        reply.Result.Should().Be(ProxyResult.Connect);
        reply.Detail.Should().Contain("is not for servers alone");
    }

    [Fact]
    public async Task The_engine_refuses_who_shows_no_certificate()
    {
        var folder = Make("a");
        await using var host = await ListenAsync(Files(folder, "engine-a"));
        var nobody = ToEngine(Files(folder, "gateway"), "a");
        nobody.Tls!.LocalCertificateSelectionCallback = null;

        await RefusedAsync(host, nobody, "no certificate was shown");
    }

    [Fact]
    public async Task The_engine_refuses_another_engines_certificate()
    {
        var folder = Make("a", "b");
        await using var host = await ListenAsync(Files(folder, "engine-a"));

        await RefusedAsync(host, ToEngine(Files(folder, "engine-b"), "a"), "is not for clients alone");
    }

    [Fact]
    public async Task The_engine_refuses_a_gateway_of_another_authority()
    {
        var ours = Make("a");
        var theirs = Make("a");
        await using var host = await ListenAsync(Files(ours, "engine-a"));
        var stranger = Files(theirs, "gateway") with { Authority = Path.Combine(ours, "ca.crt") };

        await RefusedAsync(host, ToEngine(stranger, "a"), "is not signed by");
    }

    [Fact]
    public async Task The_engine_refuses_a_gateway_whose_certificate_has_ended()
    {
        var folder = Make("a");
        await using var host = await ListenAsync(Files(folder, "engine-a"));

        await RefusedAsync(host, ToEngine(Files(Ended(folder, "a"), "gateway"), "a"), "is valid from");
    }

    [Fact]
    public async Task Plain_bytes_get_no_answer_from_a_secured_wire()
    {
        var folder = Make("a");
        await using var host = await ListenAsync(Files(folder, "engine-a"));

        await using var reply = await AskAsync(host, new MTProxyOptions());

        reply.Result.Should().NotBe(ProxyResult.NoError);
    }

    [Fact]
    public async Task A_renewed_certificate_is_shown_without_a_restart()
    {
        var folder = Make("a");
        var ended = Ended(folder, "a");
        var clock = new FakeClock(Now);
        await using var host = await ListenAsync(Files(ended, "engine-a"), clock);
        await using var refused = await AskAsync(host, ToEngine(Files(folder, "gateway"), "a"));

        foreach (var file in new[] { "engine-a.key", "engine-a.crt" })
        {
            File.Copy(Path.Combine(folder, file), Path.Combine(ended, file), overwrite: true);
        }

        clock.Advance(TimeSpan.FromSeconds(5));
        await using var reply = await AskAsync(host, ToEngine(Files(folder, "gateway"), "a"));

        refused.Detail.Should().Contain("is valid from");
        reply.Result.Should().Be(ProxyResult.NoError);
    }

    public void Dispose() => _folder.Dispose();

    private static WireFiles Files(string folder, string side) =>
        new(Path.Combine(folder, "ca.crt"), Path.Combine(folder, side + ".crt"), Path.Combine(folder, side + ".key"));

    private static MTProxyOptions ToEngine(WireFiles files, string accountId) =>
        new() { Tls = new WireIdentity(files, TimeProvider.System).ToEngine(accountId) };

    private static MTProxy Proxy(WireHost host, MTProxyOptions options) =>
        new("127.0.0.1", host.Port, options, TimeProvider.System, NullLogger<MTProxy>.Instance);

    private static async Task<ProxyReply> AskAsync(WireHost host, MTProxyOptions options)
    {
        await using var proxy = Proxy(host, options);
        return await proxy.SendAsync(new ProxyRequest(5, "{}"u8.ToArray()), CancellationToken.None);
    }

    private static Task<WireHost> ListenAsync(WireFiles files, TimeProvider? time = null, IService? service = null) =>
        WireHost.StartSecuredAsync(new WireIdentity(files, time ?? TimeProvider.System), service ?? new EchoService());

    /// <summary>The client learns that it was refused when it reads; the reason is in the engine's log.</summary>
    private static async Task RefusedAsync(WireHost host, MTProxyOptions options, string reason)
    {
        await using var reply = await AskAsync(host, options);

        reply.Result.Should().NotBe(ProxyResult.NoError);
        host.Log.Lines.Should().Contain(line => line.StartsWith("Warning 2003", StringComparison.Ordinal) && line.Contains(reason, StringComparison.Ordinal));
    }

    /// <summary>An authority of 400 days ago, with certificates of today for the gateway and the engines of some accounts.</summary>
    private string Make(params string[] accounts)
    {
        var folder = Path.Combine(_folder.Path, Guid.NewGuid().ToString("N"));
        new CertificateMaker(folder, new FakeClock(Now.AddDays(-400))).Make([], days: 1, renew: false);
        new CertificateMaker(folder, TimeProvider.System).Make(accounts, days: 30, renew: true);
        return folder;
    }

    /// <summary>The same authority with certificates that ended long ago.</summary>
    private static string Ended(string folder, params string[] accounts)
    {
        var ended = Path.Combine(folder, "ended");
        Directory.CreateDirectory(ended);
        File.Copy(Path.Combine(folder, "ca.crt"), Path.Combine(ended, "ca.crt"));
        File.Copy(Path.Combine(folder, "ca.key"), Path.Combine(ended, "ca.key"));
        new CertificateMaker(ended, new FakeClock(Now.AddDays(-399))).Make(accounts, days: 1, renew: false);
        return ended;
    }
}
