namespace MaoTrade.Tests.Support;

/// <summary>
/// Tests that need a Kubernetes cluster: <c>MAO_TEST_KUBERNETES</c>, the address of its API, and <c>MAO_TEST_KUBERNETES_ACCOUNT</c>, a folder
/// with <c>token</c>, <c>ca.crt</c> and <c>namespace</c> of the service account of k8s/pod.yaml.
/// </summary>
public sealed class NeedsClusterAttribute : ServerTestsAttribute
{
    private const string AccountName = "MAO_TEST_KUBERNETES_ACCOUNT";

    /// <summary>The cluster's API; null where none is given.</summary>
    public static Uri? Server { get; } =
        Uri.TryCreate(Environment.GetEnvironmentVariable("MAO_TEST_KUBERNETES"), UriKind.Absolute, out var server) ? server : null;

    /// <summary>Folder of the account's files.</summary>
    public static string Account { get; } = Environment.GetEnvironmentVariable(AccountName) ?? "";

    /// <summary>An image whose entry point is <c>/bin/sh</c>, with sleep, cat and ls. <c>MAO_TEST_KUBERNETES_IMAGE</c>.</summary>
    public static string Image { get; } = Environment.GetEnvironmentVariable("MAO_TEST_KUBERNETES_IMAGE") ?? "mao-test-shell";

    public override string? Missing { get; } =
        Server is null ? "MAO_TEST_KUBERNETES names no API of a cluster"
        : File.Exists(Path.Combine(Account, "token")) ? null
        : $"{AccountName} names no folder with a service account's token";
}
