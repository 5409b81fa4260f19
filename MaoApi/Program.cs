using MaoApi.Hosting;

return await CommandLine.RunAsync(args, MainJob.RunAsync);
