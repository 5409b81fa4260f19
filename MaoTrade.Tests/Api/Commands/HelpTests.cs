using System.CommandLine;
using System.Text.RegularExpressions;
using MaoApi.Commands;

namespace MaoTrade.Tests.Api.Commands;

public sealed partial class HelpTests
{
    private static readonly CommandConsole Nowhere = new(TextReader.Null, TextWriter.Null, TextWriter.Null, _ => null, TimeProvider.System);

    public static TheoryData<string> Paths => [.. Verbs().Select(verb => verb.Path)];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task The_help_of_every_verb_has_examples_that_are_taken(string path)
    {
        var (verb, root) = (Verbs().Single(verb => verb.Path == path).Verb, Root());
        verb.Examples.Should().NotBeEmpty();

        var run = await Mao.RunAsync([.. path.Split(' '), "--help"]);

        run.ExitCode.Should().Be(0);
        run.Output.Should().Contain("Examples:").And.Contain(verb.Description!.Split(' ')[0]);
        foreach (var example in verb.Examples)
        {
            run.Output.Should().Contain("mao " + example);
            example.Should().StartWith(path, "an example shows the verb it stands under");
            var words = Words(example);
            root.Parse(words).Errors.Should().BeEmpty(example);
        }
    }

    [Fact]
    public void Every_verb_of_the_contract_is_there() => Verbs().Select(verb => verb.Path).Should().Contain(
    [
        "init", "doctor", "user add", "user list", "user password", "user disable", "account add", "account list", "account show", "account role",
        "engine list", "engine start", "engine stop", "engine restart", "signal list", "signal create", "signal update", "signal delete",
        "signal validate", "portfolio", "orders", "logs get", "logs search", "logs tail", "call", "token user", "token service", "keys rotate",
        "jobs list", "jobs run", "studies list", "studies run", "backtest", "check api", "check engine", "check pods", "check jobs", "check logs",
    ]);

    [Fact]
    public void Every_option_says_what_it_is() => Verbs().SelectMany(verb => verb.Verb.Options).Should().OnlyContain(option => option.Description!.Length > 3);

    [Theory]
    [InlineData("user", 2)]
    [InlineData("user add", 2)]
    [InlineData("user fly anna", 2)]
    [InlineData("portfolio --colour", 2)]
    [InlineData("orders --limit many", 2)]
    [InlineData("account role demo1 anna king", 2)]
    [InlineData("check", 3)]
    [InlineData("check weather", 3)]
    public async Task Wrong_words_are_told_with_the_way_to_help(string words, int exitCode)
    {
        var run = await Mao.RunAsync(words.Split(' '));

        (run.ExitCode, run.Output).Should().Be((exitCode, ""));
        run.Error.Should().Contain("--help");
    }

    /// <summary>Every verb that does something, with the words that lead to it; groups too.</summary>
    private static IEnumerable<(string Path, Verb Verb)> Verbs()
    {
        return Root().Subcommands.OfType<Verb>().SelectMany(verb => Below("", verb));

        static IEnumerable<(string, Verb)> Below(string before, Verb verb)
        {
            var path = (before + " " + verb.Name).Trim();
            return verb.Subcommands.OfType<Verb>().SelectMany(child => Below(path, child)).Prepend((path, verb));
        }
    }

    private static RootCommand Root()
    {
        var root = new RootCommand("test");
        CommandVerbs.AddTo(root, Nowhere);
        return root;
    }

    /// <summary>As a shell would take an example: quotes hold words together, a redirection is no word.</summary>
    private static string[] Words(string example) =>
        [.. Word().Matches(example.Split(" < ")[0]).Select(word => word.Value.StartsWith('\'') || word.Value.StartsWith('"') ? word.Value[1..^1] : word.Value)];

    [GeneratedRegex("""'[^']*'|"[^"]*"|\S+""", RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Word();
}
