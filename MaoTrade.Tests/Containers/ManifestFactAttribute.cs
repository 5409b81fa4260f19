using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Containers;

/// <summary>A test of the files in <c>k8s</c>, read by Debian's YAML parser; without it the test is skipped and says so.</summary>
public sealed class ManifestFactAttribute : FactAttribute
{
    public ManifestFactAttribute() =>
        Skip = File.Exists(PandasFactAttribute.Interpreter) && Directory.Exists("/usr/lib/python3/dist-packages/yaml")
            ? null
            : "python3-yaml is not installed on this machine";
}
