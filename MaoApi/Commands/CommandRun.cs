using System.CommandLine;
using System.Text.Json;
using MaoApi.Commands.Local;
using MaoApi.Commands.Output;
using MaoApi.Commands.Rest;

namespace MaoApi.Commands;

/// <summary>One run of a verb: its words, where it writes, and the ways to a gateway or a data folder.</summary>
internal sealed class CommandRun(ParseResult words, CommandConsole console)
{
    public CommandConsole Console => console;

    public bool IsJson => words.GetValue(CommonOptions.Json);

    public string? Account => words.GetValue(CommonOptions.Account);

    public string DataDir => Text(CommonOptions.DataDir, "MAO_DATA_DIR") ?? CommonOptions.DefaultDataDir;

    public T? Get<T>(Option<T> option) => words.GetValue(option);

    public T Get<T>(Argument<T> argument) => words.GetRequiredValue(argument);

    /// <summary>Whether an option was written at all.</summary>
    public bool Has(Option option) => words.GetResult(option) is not null;

    /// <summary>A flag, or else its variable; null where there is neither.</summary>
    public string? Text(Option<string?> option, string variable) =>
        words.GetValue(option) ?? (console.Environment(variable) is { Length: > 0 } text ? text : null);

    /// <summary>The gateway, logged in.</summary>
    public Task<ApiClient> ConnectAsync(ApiUser user, CancellationToken cancellationToken) =>
        ApiLogIn.ConnectAsync(this, user, cancellationToken);

    /// <summary>The data folder and its databases, without a gateway.</summary>
    public Task<LocalServices> OpenFolderAsync(CancellationToken cancellationToken) => LocalServices.OpenAsync(this, cancellationToken);

    /// <summary>Prints the data as it came where JSON was asked for, else what <paramref name="people"/> makes of it.</summary>
    public void Show(JsonElement data, Func<JsonElement, CommandTable> people)
    {
        if (IsJson)
        {
            console.Out.WriteLine(data.GetRawText());
        }
        else
        {
            people(data).Write(console);
        }
    }

    /// <summary>One line beside the answer, for a person.</summary>
    public void Note(string line) => console.Error.WriteLine(line);

    /// <summary>One line for a person; nothing where JSON was asked for.</summary>
    public void Say(string line)
    {
        if (!IsJson)
        {
            console.Out.WriteLine(line);
        }
    }
}
