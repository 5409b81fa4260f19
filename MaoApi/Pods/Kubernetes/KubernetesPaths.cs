using System.Security.Cryptography;
using System.Text;

namespace MaoApi.Pods.Kubernetes;

/// <summary>Names and addresses of an account's objects.</summary>
/// <param name="Namespace">Of all engines.</param>
/// <param name="Name">Of the StatefulSet, its Service and its Secret.</param>
internal sealed record KubernetesPaths(string Namespace, string Name)
{
    public string StatefulSets => $"apis/apps/v1/namespaces/{Namespace}/statefulsets";

    public string StatefulSet => $"{StatefulSets}/{Name}";

    public string Service => $"api/v1/namespaces/{Namespace}/services/{Name}";

    public string Secret => $"api/v1/namespaces/{Namespace}/secrets/{Name}";

    public string Pods => $"api/v1/namespaces/{Namespace}/pods";

    /// <summary>The only pod of the set.</summary>
    public string Pod => $"{Pods}/{Name}-0";

    public string Metrics => $"apis/metrics.k8s.io/v1beta1/namespaces/{Namespace}/pods/{Name}-0";

    /// <summary>
    /// Names of Kubernetes have no underscore and end in a letter or digit: an account that does not fit gets a part of its hash. That two
    /// accounts meet in one name is seen by the annotation and refused.
    /// </summary>
    public static string NameOf(string accountId)
    {
        var plain = accountId.Replace('_', '-');
        var name = PodNames.Of(plain);
        return plain == accountId
            ? name
            : $"{name.TrimEnd('-')[..Math.Min(name.TrimEnd('-').Length, 34)]}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(accountId)))[..8]}";
    }
}
