using MaoTrade.Bench.CommandLine;

return await Commands.RunAsync(args);
