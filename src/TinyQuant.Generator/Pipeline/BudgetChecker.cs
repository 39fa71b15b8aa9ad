using System.Globalization;

namespace TinyQuant.Generator;

/// <summary>Compares what a model costs with what its attribute allows.</summary>
internal static class BudgetChecker
{
    private const int LargeStructBytes = 16 * 1024;
    private const int TooLargeStructBytes = 256 * 1024;

    public static IEnumerable<DiagnosticInfo> Check(TargetSpec target, ModelCost cost)
    {
        Budgets budgets = target.Budgets;
        foreach ((string name, long limit) in new[] { ("MaxWeightBytes", budgets.MaxWeightBytes),
            ("MaxArenaBytes", budgets.MaxArenaBytes), ("MaxMacs", budgets.MaxMacs) })
        {
            if (limit < 0)
            {
                yield return new DiagnosticInfo(Descriptors.NoBudget, target.LocationOf(name), name,
                    Literals.Number(limit), "a number above 0, or none");
            }
        }

        if (budgets.MaxWeightBytes > 0 && cost.BakedBytes > budgets.MaxWeightBytes)
        {
            yield return Exceeded(target, cost, "MaxWeightBytes", budgets.MaxWeightBytes,
                $"bakes {Literals.Number(cost.BakedBytes)} bytes; most of them by {cost.MostBytes}");
        }

        if (budgets.MaxArenaBytes > 0 && cost.InstanceBytes > budgets.MaxArenaBytes)
        {
            yield return Exceeded(target, cost, "MaxArenaBytes", budgets.MaxArenaBytes,
                $"needs an arena of {Literals.Number(cost.InstanceBytes)} bytes; most of it for {cost.MostArena}");
        }

        if (budgets.MaxMacs > 0 && cost.Macs > budgets.MaxMacs)
        {
            yield return Exceeded(target, cost, "MaxMacs", budgets.MaxMacs,
                $"takes {Literals.Number(cost.Macs)} multiply-accumulates; most of them in {cost.MostMacs}");
        }

        if (budgets.MinAccuracy is not (>= 0 and <= 1))
        {
            yield return new DiagnosticInfo(Descriptors.NoBudget, target.LocationOf("MinAccuracy"), "MinAccuracy",
                Real(budgets.MinAccuracy), "a fraction from 0 to 1, such as 0.92");
        }
        else if (budgets.MinAccuracy > 0)
        {
            if (cost.Accuracy is not { } accuracy)
            {
                yield return new DiagnosticInfo(
                    Descriptors.NoMetric, target.LocationOf("MinAccuracy"), Real(budgets.MinAccuracy), cost.ModelName);
            }
            else if (accuracy < budgets.MinAccuracy)
            {
                yield return new DiagnosticInfo(Descriptors.BudgetExceeded, target.LocationOf("MinAccuracy"),
                    cost.ModelName, "MinAccuracy",
                    Real(budgets.MinAccuracy), $"records an accuracy of {Real(accuracy)}");
            }
        }

        if (target.Shape.IsStruct && cost.InstanceBytes > TooLargeStructBytes && !budgets.AllowLargeStruct)
        {
            yield return new DiagnosticInfo(
                Descriptors.TooLargeStruct, target.Location, target.Shape.Name, Literals.Number(cost.InstanceBytes));
        }
        else if (target.Shape.IsStruct && cost.InstanceBytes > LargeStructBytes && !budgets.AllowLargeStruct)
        {
            yield return new DiagnosticInfo(
                Descriptors.LargeStruct, target.Location, target.Shape.Name, Literals.Number(cost.InstanceBytes));
        }
    }

    private static DiagnosticInfo Exceeded(TargetSpec target, ModelCost cost, string budget, long limit, string why) =>
        new(Descriptors.BudgetExceeded, target.LocationOf(budget), cost.ModelName, budget, Literals.Number(limit), why);

    private static string Real(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
