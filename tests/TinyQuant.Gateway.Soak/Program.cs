// soak: a steady load, a flood, a restart of the broker and a stop, with figures of each.

using System.Globalization;
using TinyQuant.Gateway.Soak;
using TinyQuant.Gateway.Tests.Support;

const int AtMostOnce = 0;
const int AtLeastOnce = 1;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["--help" or "-h"])
{
    Console.WriteLine(SoakOptions.Help);
    return 0;
}

SoakOptions options;
try
{
    options = SoakOptions.Parse(args);
}
catch (FormatException e)
{
    Console.Error.WriteLine($"soak: {e.Message}");
    return 2;
}

if (Mosquitto.Program is null)
{
    Console.Error.WriteLine("soak: there is no mosquitto; install the package of that name");
    return 3;
}

using var broker = new Mosquitto();
using var gateway = new GatewayProcess(broker.Port);
await gateway.WaitUntilHealthyAsync();
Console.WriteLine($"{GatewayProcess.Command.Program} on {Environment.ProcessorCount} processors");
var report = new SoakReport(gateway);

(long sent, TimeSpan time) = await Load.RunAsync(broker.Port, AtLeastOnce, options.Rate, options.Seconds);
await report.AddAsync("steady", sent, time, mayDrop: false);

(sent, time) = await Load.RunAsync(broker.Port, AtMostOnce, options.FloodRate, options.FloodSeconds);
await report.AddAsync("flood", sent, time, mayDrop: true);

broker.Stop();
await gateway.WaitUntilAsync(counts => counts.Values["gateway_broker_connected"] == 0);
broker.Start();
await gateway.WaitUntilHealthyAsync();
(sent, time) = await Load.RunAsync(broker.Port, AtLeastOnce, options.Rate, Math.Min(options.Seconds, 10));
await report.AddAsync("restarted", sent, time, mayDrop: false);

return await report.FinishAsync();
