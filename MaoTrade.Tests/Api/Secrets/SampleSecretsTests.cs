using System.Text.RegularExpressions;
using MaoApi.Secrets;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Secrets;

public sealed partial class SampleSecretsTests
{
    [Theory]
    [InlineData("fifteen letters")]
    [InlineData("Change-Me-To-Something-Longer")]
    [InlineData("this is a sample phrase")]
    [InlineData("TradingPlatform S3rv9ce C3rt9fic8t3 9ss23d")]
    [InlineData("Tr4d3Pl4tf0rm3ncryptK3y")]
    public void What_is_known_or_can_be_guessed_is_refused_without_being_shown(string secret)
    {
        var fault = SampleSecrets.Faults([new("SERVICE_CERT_PHRASE", secret)]).Should().ContainSingle().Subject;

        fault.Should().StartWith("SERVICE_CERT_PHRASE: ").And.NotContain(secret);
    }

    [Fact]
    public void A_secret_of_ones_own_is_taken() =>
        SampleSecrets.Faults([new("SERVICE_CERT_PHRASE", "correct horse battery staple")]).Should().BeEmpty();

    [Fact]
    public void Every_secret_in_the_documentation_is_refused()
    {
        string[] kinds = [".md", ".yml", ".yaml", ".env", ".json", ".conf", ".cfg"];
        var files = new[] { "docs", "k8s", "nagios", ".ci" }.Select(folder => Path.Combine(Repository.Root, folder)).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Repository.Root))
            .Where(file => kinds.Contains(Path.GetExtension(file)));

        var samples = files.SelectMany(file => Assignment().Matches(File.ReadAllText(file)).Select(match =>
            new KeyValuePair<string, string>($"{Path.GetFileName(file)} {match.Groups["name"].Value}", match.Groups["value"].Value))).ToList();

        SampleSecrets.Faults(samples).Should().HaveCount(samples.Count, "of {0}", string.Join(", ", samples));
    }

    [GeneratedRegex("""(?<name>[A-Z_]*(PASSWORD|SECRET|PHRASE|TOKEN|MAO_KEYS))\s*[=:]\s*["']?(?<value>[^\s"'$|,;]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Assignment();
}
