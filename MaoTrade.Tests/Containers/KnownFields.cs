using System.Text.Json.Nodes;

namespace MaoTrade.Tests.Containers;

/// <summary>
/// The members the manifests may use, written down from the API reference of Kubernetes 1.31: what is not here is a slip of the pen, which
/// a cluster would refuse or, worse, ignore. <c>*</c> stands for any name.
/// </summary>
internal static class KnownFields
{
    private const string Metadata = "name namespace labels{*} annotations{*}";
    private const string Selector = "matchLabels{*}";
    private const string Probe = "httpGet{path port} tcpSocket{port} periodSeconds timeoutSeconds failureThreshold";

    private const string Pod = """
        serviceAccountName automountServiceAccountToken enableServiceLinks terminationGracePeriodSeconds
        securityContext{runAsNonRoot runAsUser runAsGroup fsGroup fsGroupChangePolicy seccompProfile{type}}
        topologySpreadConstraints{maxSkew topologyKey whenUnsatisfiable labelSelector{ @Selector }}
        containers{name image imagePullPolicy args env{name value} envFrom{secretRef{name}} ports{name containerPort}
          resources{requests{memory cpu} limits{memory cpu}}
          startupProbe{ @Probe } livenessProbe{ @Probe } readinessProbe{ @Probe }
          securityContext{allowPrivilegeEscalation readOnlyRootFilesystem capabilities{drop}}
          volumeMounts{name mountPath readOnly}}
        volumes{name emptyDir{sizeLimit} secret{secretName defaultMode} persistentVolumeClaim{claimName}}
        """;

    private const string Template = """selector{ @Selector } template{metadata{ @Metadata } spec{ @Pod }} replicas revisionHistoryLimit""";
    private const string Claim = "accessModes storageClassName resources{requests{storage}}";

    /// <summary>Parts that hold others come first.</summary>
    private static readonly (string Name, string Fields)[] Parts =
    [
        (nameof(Template), Template), (nameof(Pod), Pod), (nameof(Claim), Claim), (nameof(Probe), Probe), (nameof(Selector), Selector), (nameof(Metadata), Metadata),
    ];

    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal)
    {
        ["v1/Namespace"] = "",
        ["v1/ServiceAccount"] = "automountServiceAccountToken",
        ["v1/Service"] = "spec{clusterIP publishNotReadyAddresses selector{*} ports{name port targetPort}}",
        ["v1/PersistentVolumeClaim"] = """spec{ @Claim }""",
        ["apps/v1/Deployment"] = """spec{ @Template strategy{type rollingUpdate{maxUnavailable maxSurge}}}""",
        ["apps/v1/StatefulSet"] = """spec{ @Template serviceName volumeClaimTemplates{metadata{ @Metadata } spec{ @Claim }}}""",
        ["autoscaling/v2/HorizontalPodAutoscaler"] = """
            spec{scaleTargetRef{apiVersion kind name} minReplicas maxReplicas
              metrics{type resource{name target{type averageUtilization}} pods{metric{name} target{type averageValue}}}
              behavior{scaleDown{stabilizationWindowSeconds policies{type value periodSeconds}}}}
            """,
        ["policy/v1/PodDisruptionBudget"] = """spec{minAvailable maxUnavailable selector{ @Selector }}""",
        ["networking.k8s.io/v1/NetworkPolicy"] = """
            spec{podSelector{ @Selector } policyTypes ingress{from{podSelector{ @Selector }} ports{port protocol}}}
            """,
        ["rbac.authorization.k8s.io/v1/Role"] = "rules{apiGroups resources verbs}",
        ["rbac.authorization.k8s.io/v1/RoleBinding"] = "roleRef{apiGroup kind name} subjects{kind name namespace}",
    };

    /// <summary>Addresses of members nobody knows.</summary>
    public static IEnumerable<string> Unknown(JsonObject manifest)
    {
        var kind = $"{manifest["apiVersion"]}/{manifest["kind"]}";
        if (!Kinds.TryGetValue(kind, out var fields))
        {
            return [kind];
        }

        var text = $"apiVersion kind metadata{{ @Metadata }} {fields} }}";
        foreach (var (name, part) in Parts)
        {
            text = text.Replace("@" + name, part, StringComparison.Ordinal);
        }

        var words = new Queue<string>(text
            .Replace("{", " { ", StringComparison.Ordinal).Replace("}", " } ", StringComparison.Ordinal)
            .Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        return Unknown(manifest, Read(words), kind);
    }

    private static Dictionary<string, object> Read(Queue<string> words)
    {
        var members = new Dictionary<string, object>(StringComparer.Ordinal);
        while (words.Dequeue() is var word && word != "}")
        {
            var isFolder = words.Peek() == "{";
            if (isFolder)
            {
                words.Dequeue();
            }

            members[word] = isFolder ? Read(words) : word;
        }

        return members;
    }

    private static IEnumerable<string> Unknown(JsonNode? node, Dictionary<string, object> known, string address) => node switch
    {
        JsonArray items => items.SelectMany((item, index) => Unknown(item, known, $"{address}[{index}]")),
        JsonObject members => members.SelectMany(member => !known.ContainsKey("*") && !known.ContainsKey(member.Key)
            ? [$"{address}.{member.Key}"]
            : known.GetValueOrDefault(member.Key) is Dictionary<string, object> inner ? Unknown(member.Value, inner, $"{address}.{member.Key}") : []),
        _ => [],
    };
}
