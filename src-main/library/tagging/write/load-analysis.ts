import type { AnalysisRepository, HeadScores, StoredAnalysis } from '../../../analysis/inference';
import type { AnalysisResult } from '../../moods';

/** What is stored of an analysis, as tags are made of it. Always the same for the same rows, in the order of heads. */
export function loadAnalysis(
  analyses: Pick<AnalysisRepository, 'listScores' | 'findDescriptors'>,
  { id, version, isTruncated }: Pick<StoredAnalysis, 'id' | 'version' | 'isTruncated'>,
): AnalysisResult {
  const byHead = Map.groupBy(analyses.listScores(id), ({ head }) => head);
  const heads = [...byHead].map(([head, scores]): HeadScores => {
    const { backbone, kind } = scores[0];
    return { head, backbone, kind, scores };
  });
  return { version, isIncomplete: isTruncated, heads, descriptors: analyses.findDescriptors(id) };
}
