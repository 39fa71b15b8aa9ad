namespace TinyQuant.Model;

/// <summary>A measured property of a model: <c>metric accuracy 0.9263 mnist/test 10000</c>.</summary>
/// <param name="Name">What was measured, for example <c>accuracy</c>.</param>
/// <param name="Value">Its value; accuracy is a fraction of 1.</param>
/// <param name="DataSet">What it was measured on, for example <c>mnist/test</c>.</param>
/// <param name="Count">How many examples that was.</param>
public sealed record Metric(string Name, double Value, string DataSet, int Count);
