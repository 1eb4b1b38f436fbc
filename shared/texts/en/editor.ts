/** English words inside the draft's text: controls of sections and recommendations. */
import type { Texts } from '../catalogue.ts'

export const editor: Texts['editor'] = {
  text: 'Text of the draft',
  addClause: 'Write here',
  addRecommendation: 'Add a recommendation',
  removeRecommendation: 'Delete this recommendation',
  recommendation: 'Recommendation',
  chooseTargetGroups: 'Choose target groups',
  notChosen: 'Not chosen',
  lgoTypes: 'Suits local governments of type',
  amount: 'Amount (baht)',
  unit: 'per',
  unitHint: 'for example person/month',
  moreFields: 'Add details',
  fewerFields: 'Fold details',
}
