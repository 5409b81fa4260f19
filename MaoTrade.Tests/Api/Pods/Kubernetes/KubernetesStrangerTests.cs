using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using MaoApi.Pods;
using MaoApi.Pods.Kubernetes;
using MaoTrade.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace MaoTrade.Tests.Api.Pods.Kubernetes;

/// <summary>What bears an engine's name and is not this installation's, or not this account's: it is named, and never changed or removed.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The test framework ends it by DisposeAsync.")]
public sealed class KubernetesStrangerTests : IAsyncLifetime
{
    private const string Ours = "test";
    private const string Set = $"apis/apps/v1/namespaces/{ClusterDouble.Namespace}/statefulsets/mt-one";
    private const string Service = $"api/v1/namespaces/{ClusterDouble.Namespace}/services/mt-one";
    private const string Secret = $"api/v1/namespaces/{ClusterDouble.Namespace}/secrets/mt-one";

    private readonly TemporaryFolder _folder = new();
    private ClusterDouble _cluster = null!;
    private KubernetesApi _api = null!;
    private KubernetesDriver _driver = null!;

    public async Task InitializeAsync()
    {
        _cluster = await ClusterDouble.StartAsync();
        var options = new PodOptions { Installation = Ours, Kubernetes = _cluster.Options };
        _api = new KubernetesApi(options, TimeProvider.System);
        _driver = new KubernetesDriver(_api, options, new InstallationName(null!, options), TimeProvider.System, NullLogger<KubernetesDriver>.Instance);
    }

    public async Task DisposeAsync()
    {
        _api.Dispose();
        await _cluster.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(Set, null, null)]
    [InlineData(Set, "another", "one")]
    [InlineData(Set, Ours, "o-ne")]
    [InlineData(Service, "another", "one")]
    [InlineData(Service, Ours, "o-ne")]
    [InlineData(Secret, "another", "one")]
    [InlineData(Secret, Ours, "o-ne")]
    public async Task An_object_of_another_installation_or_account_is_left_as_it_is(string path, string? installation, string? account)
    {
        var before = Make(path, installation, account);

        var start = () => _driver.StartAsync(Launch(), default);
        (await start.Should().ThrowAsync<PodDriverException>()).Which.Message.Should().Contain(path).And.Contain("has not made it");
        await _driver.RemoveAsync("one", default);

        Said(_cluster.Store.Find(path)).Should().Be(before, "it is still there");
    }

    [Theory]
    [InlineData("another", "one")]
    [InlineData(Ours, "o-ne")]
    public async Task An_engine_of_another_installation_or_account_is_not_taken_for_ours(string installation, string account)
    {
        Make(Set, installation, account);

        var find = () => _driver.FindAsync(Launch().Trace, default);

        (await find.Should().ThrowAsync<PodDriverException>()).Which.Message.Should().Contain("has not made it");
    }

    [Fact]
    public async Task What_is_left_of_accounts_is_looked_for_among_our_own()
    {
        Make(Set, "another", "one");

        (await _driver.TendAsync(default)).Should().BeEmpty();
    }

    [Theory]
    [InlineData(Set)]
    [InlineData(Service)]
    [InlineData(Secret)]
    public async Task What_was_made_for_the_account_is_removed(string path)
    {
        Make(path, Ours, "one");

        await _driver.RemoveAsync("one", default);

        _cluster.Store.Find(path).Should().BeNull();
    }

    /// <summary>What people and programs said of an object; the cluster adds what it thinks of it, and when.</summary>
    private static string? Said(JsonNode? found)
    {
        if (found?.DeepClone() is not JsonObject copy)
        {
            return null;
        }

        copy.Remove("status");
        copy["metadata"]!.AsObject().Remove("resourceVersion");
        return copy.ToJsonString();
    }

    /// <summary>Makes an object with the account's name; as it is then.</summary>
    private string? Make(string path, string? installation, string? account)
    {
        var metadata = new JsonObject { ["name"] = "mt-one", ["namespace"] = ClusterDouble.Namespace };
        if (installation is not null)
        {
            metadata["labels"] = new JsonObject { [PodNames.InstallationLabel] = installation, [PodNames.AccountLabel] = "mt-one" };
            metadata["annotations"] = new JsonObject { [PodNames.AccountLabel] = account };
        }

        var (version, kind) = path == Set ? ("apps/v1", "StatefulSet") : ("v1", path == Service ? "Service" : "Secret");
        var made = new JsonObject { ["apiVersion"] = version, ["kind"] = kind, ["metadata"] = metadata };
        if (path == Set)
        {
            // Without a pod: what it would run is of no matter here.
            made["spec"] = new JsonObject { ["replicas"] = 0 };
        }

        return Said(_cluster.Store.Change(path, _ => made));
    }

    private PodLaunch Launch() =>
        new("test", "", ["-c", "exec sleep 1000"], new PodTrace("one", _folder.File("pod.json"), _folder.File("stdout.jsonl")));
}
